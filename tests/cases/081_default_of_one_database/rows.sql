INSERT INTO things (id, made) VALUES (1, '2024-02-29 10:00:00+00:00');
