INSERT INTO parts (id, code) VALUES (1, 7), (2, 9e999);
