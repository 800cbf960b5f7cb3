INSERT INTO users (id, name) VALUES (1, 'Ann'), (2, 'Bea'), (3, 'Ann');
