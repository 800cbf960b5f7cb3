INSERT INTO users (id, name, age) VALUES (1, 'Ann', NULL), (2, 'ann', NULL), (3, 'Ann', 1), (4, 'ann', 1), (5, 'bea', 0), (6, 'bea', 0);
