INSERT INTO users (id, x, y) VALUES (1, 1, 2), (2, 2, 1);
