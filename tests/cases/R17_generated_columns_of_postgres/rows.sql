INSERT INTO lines (name, price, amount, typed) VALUES ('a', 3, 4, 7), ('b', 1, 1, 8);
