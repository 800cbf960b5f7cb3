INSERT INTO parts (id, code) VALUES (1, TRUE), (2, 9e999);
