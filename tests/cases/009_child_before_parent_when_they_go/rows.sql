INSERT INTO rooms (id) VALUES (1);
INSERT INTO shelves (id, room_id) VALUES (1, 1), (2, NULL);
INSERT INTO books (id, shelf_id) VALUES (1, 1);
