INSERT INTO users (id, email) VALUES (1, 'Ann'), (2, 'bea');
