INSERT INTO things VALUES (1, 0, 1), (2, 1, 0);
