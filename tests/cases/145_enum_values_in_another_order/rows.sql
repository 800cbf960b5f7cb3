INSERT INTO users (id, role, backup) VALUES (1, 'admin', NULL), (2, 'member', 'admin');
