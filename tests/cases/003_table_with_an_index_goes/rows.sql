INSERT INTO users (id, name) VALUES (1, 'Ann');
INSERT INTO notes (id, user_id) VALUES (1, 1), (2, 7);
