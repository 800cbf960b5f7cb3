INSERT INTO "user" (id, name) VALUES (1, 'O''Hara'), (2, 'Bea');
INSERT INTO notes (id, user_id) VALUES (5, 1);
