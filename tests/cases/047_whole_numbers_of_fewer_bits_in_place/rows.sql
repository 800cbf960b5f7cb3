INSERT INTO readings (id, level, step) VALUES (1, 127, 65535), (2, -128, NULL);
