INSERT INTO users (id, "regNumber") VALUES (1, 'B-1');
