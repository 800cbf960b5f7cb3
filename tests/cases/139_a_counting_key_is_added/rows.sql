INSERT INTO users (_rowid_, name) VALUES (7, 'Ann'), (3, 'Bea');
