INSERT INTO publishers (id, name, city) VALUES (1, 'Insel', 'Leipzig'), (2, 'Hogarth Press', 'London'), (3, 'Sur', NULL);
INSERT INTO authors (id, first_name, last_name, born) VALUES
    (1, 'Rainer Maria', 'Rilke', '1875-12-04'), (2, 'Virginia', 'Woolf', '1882-01-25'),
    (3, 'Jorge Luis', 'Borges', '1899-08-24'), (4, 'Adolfo', 'Bioy Casares', '1914-09-15');
INSERT INTO categories (id, parent_id, name) VALUES (1, NULL, 'Fiction'), (2, 1, 'Novels'), (3, 1, 'Stories'), (4, NULL, 'Poetry');
INSERT INTO books (id, isbn, title, publisher_id, category_id, price_cents, published_on, language, tags) VALUES
    (1, '9783458000014', 'Duineser Elegien', 1, 4, 1800, '1923-06-01', 'de', '["elegy"]'),
    (2, '9780701200022', 'To the Lighthouse', 2, 2, 950, '1927-05-05', 'en', NULL),
    (3, '9789500400039', 'Seis problemas para Isidro Parodi', 3, 3, 1250, '1942-11-01', 'es', '["crime", "parody"]');
INSERT INTO book_authors (book_id, author_id, position) VALUES (1, 1, 1), (2, 2, 1), (3, 3, 1), (3, 4, 2);
INSERT INTO customers (id, email, name) VALUES (1, 'ada@example.org', 'Ada'), (2, 'emil@example.org', 'Emil');
INSERT INTO addresses (customer_id, street, city) VALUES (1, 'Lange Straße 1', 'Köln');
INSERT INTO orders (id, customer_id, state) VALUES (1, 1, 'paid'), (2, 1, 'open'), (3, 2, 'open');
INSERT INTO order_lines (order_id, book_id, quantity) VALUES (1, 1, 1), (1, 3, 2), (2, 2, 1), (3, 3, 1);
INSERT INTO reviews (book_id, customer_id, stars, body) VALUES (1, 1, 5, 'Each of them terrifying.');
INSERT INTO settings (key, value) VALUES ('currency', '"EUR"')
