INSERT INTO readings (id, level) VALUES (1, '7'), (2, '7.0'), (3, '8'), (4, 'x');
