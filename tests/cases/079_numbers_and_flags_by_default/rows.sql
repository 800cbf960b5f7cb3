INSERT INTO things (id, none, five) VALUES (1, 2, 3);
