INSERT INTO lines (id, quantity, price, typed) VALUES (1, 2, 3, 77), (2, 5, 5, 78);
