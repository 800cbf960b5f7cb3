INSERT INTO readings (id, seen) VALUES (1, '2024-02-29 12:30:00'), (2, '007');
