INSERT INTO readings (id, level) VALUES (1, ' 7 '), (2, 'high'), (3, '7.0'), (4, '7.5');
