INSERT INTO things (id, small, medium, large) VALUES (1, 255, 65535, 4294967295);
