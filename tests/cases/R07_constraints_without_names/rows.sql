INSERT INTO authors (id) VALUES (1), (2);
INSERT INTO books (id, author_id, isbn, title, price, pages) VALUES (1, 1, 'x', 'O''Hara', 1299, 1), (2, 2, 'y', '"', 0, 200);
