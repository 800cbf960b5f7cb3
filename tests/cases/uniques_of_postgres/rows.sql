INSERT INTO things (one, other, third) VALUES (1, 1, 1), (NULL, 2, 2), (NULL, 3, 3);
