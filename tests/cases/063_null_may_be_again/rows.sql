INSERT INTO users (id, age) VALUES (1, 0), (2, 7);
