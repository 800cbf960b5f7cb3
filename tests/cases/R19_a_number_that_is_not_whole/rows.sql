INSERT INTO people (id, age) VALUES (1, 36.0), (2, 36.5);
