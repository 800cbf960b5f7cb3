INSERT INTO tickets (id, title) VALUES (1, 'a'), (9, 'b');
INSERT INTO invoices (id, total) VALUES (3, 10), (5, 20);
INSERT INTO tags (name, weight) VALUES ('z', 1), ('a', 0.5);
