INSERT INTO users (id, level) VALUES (1, 10), (2, 20);
