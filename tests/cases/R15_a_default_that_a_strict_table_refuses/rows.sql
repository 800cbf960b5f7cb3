INSERT INTO readings (id) VALUES (1);
