INSERT INTO users (id, role, others, backup) VALUES (1, 'admin', '{admin,member}', NULL), (2, 'member', '{}', 'member');
