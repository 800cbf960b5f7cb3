INSERT INTO orders (id, state, step) VALUES (1, 'draft', -1), (2, 'paid', NULL);
