INSERT INTO shops VALUES (1, 10), (2, 20); INSERT INTO books (title, price, shop, number) VALUES ('a', 1, 1, 10), ('b', 2, 2, NULL);
