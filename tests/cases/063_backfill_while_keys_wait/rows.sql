INSERT INTO nodes (position, parent_id, label) VALUES (1, NULL, NULL), (2, 1, 'x');
