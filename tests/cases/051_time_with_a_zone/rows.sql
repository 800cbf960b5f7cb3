INSERT INTO users (id, seen) VALUES (1, '2024-01-02 03:04:05');
