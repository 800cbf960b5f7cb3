INSERT INTO parts (id, code) VALUES (1, 7);
