INSERT INTO people (id, seen) VALUES (1, '2024-02-29 10:00:00'), (2, NULL), (3, 'yesterday');
