INSERT INTO users (id, name, boss_id) VALUES (1, 'Ann', NULL), (2, 'Bea', 1);
