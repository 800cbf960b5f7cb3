INSERT INTO users (id, name, changes) VALUES (1, 'Ann', 0);
