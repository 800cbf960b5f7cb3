INSERT INTO readings (id, level) VALUES (1, '7');
