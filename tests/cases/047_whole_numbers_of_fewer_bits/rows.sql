INSERT INTO readings (id, level, step) VALUES (1, 32767, 0), (2, 32768, 255), (3, -32769, 1), (4, -32768, 1);
