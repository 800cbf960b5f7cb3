INSERT INTO users (id, posts) VALUES (1, 0), (2, 0);
INSERT INTO posts (id, user_id) VALUES (1, 1), (2, 1);
INSERT INTO notes (id) VALUES (7);
