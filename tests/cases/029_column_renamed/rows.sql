INSERT INTO users (id, surname, code) VALUES (1, 'O''Hara', 'a');
INSERT INTO notes (id, user_code) VALUES (1, 'a');
