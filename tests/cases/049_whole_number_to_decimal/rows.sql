INSERT INTO users (id, age) VALUES (1, -5), (2, 0);
