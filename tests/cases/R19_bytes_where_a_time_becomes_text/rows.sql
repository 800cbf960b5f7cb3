INSERT INTO visits (id, seen) VALUES (1, '2024-02-29 12:30:00'), (2, x'00ff');
