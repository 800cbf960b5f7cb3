INSERT INTO stock (shop, book, shelf) VALUES (1, 1, 'A'), (1, 2, 'A'), (1, 2, 'B');
