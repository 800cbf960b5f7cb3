INSERT INTO shelves (id) VALUES (1), (2);
INSERT INTO books (id, shelf_id) VALUES (1, 1), (2, 2);
