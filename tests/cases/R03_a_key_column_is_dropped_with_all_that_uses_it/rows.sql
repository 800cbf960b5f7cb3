INSERT INTO stock (shop, book, shelf, amount) VALUES (2, 1, 'B', 4), (1, 1, 'A', 3), (1, 2, 'it''s', 0);
