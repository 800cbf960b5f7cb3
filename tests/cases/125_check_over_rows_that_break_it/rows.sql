INSERT INTO users (id, age) VALUES (1, 5), (2, NULL), (3, -1);
