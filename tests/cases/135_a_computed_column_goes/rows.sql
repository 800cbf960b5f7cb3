INSERT INTO things VALUES (1, 3), (2, -4);
