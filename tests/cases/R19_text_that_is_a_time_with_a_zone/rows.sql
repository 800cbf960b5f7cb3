INSERT INTO people (id, at) VALUES (1, NULL), (2, '2024-02-29 10:00:00+05');
