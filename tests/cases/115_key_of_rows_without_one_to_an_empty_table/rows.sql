INSERT INTO books (id, shelf_id) VALUES (1, NULL);
