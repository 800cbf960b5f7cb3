INSERT INTO "user" (id, name, age) VALUES (1, 'O''Hara', 30), (2, NULL, 40);
INSERT INTO notes (id, user_id) VALUES (5, 1);
