INSERT INTO readings (id, seen) VALUES (1, '2024-02-29 00:00:00'), (2, NULL), (3, 1700000000);
