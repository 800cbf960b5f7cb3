INSERT INTO readings (id, level) VALUES (1, '1.5'), (2, '-1e400'), (3, '1.7976931348623157e308');
