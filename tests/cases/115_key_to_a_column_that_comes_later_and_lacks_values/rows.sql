INSERT INTO bands VALUES (1, 'A7'), (2, 'code');
INSERT INTO albums VALUES (7, 1), (8, 2);
