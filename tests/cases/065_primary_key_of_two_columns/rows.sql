INSERT INTO pairs ("left", "right") VALUES (1, 2);
