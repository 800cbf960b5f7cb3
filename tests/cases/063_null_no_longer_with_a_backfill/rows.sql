INSERT INTO users (id, age) VALUES (1, NULL), (2, 7);
