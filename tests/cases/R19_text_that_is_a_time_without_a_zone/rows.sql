INSERT INTO people (id, seen) VALUES (1, NULL), (2, '2024-02-29 10:00:00');
