INSERT INTO users (id, zip) VALUES (1, ' 1010');
