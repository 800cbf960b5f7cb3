INSERT INTO users (id, role, others, backup) VALUES (1, 'admin', '{guest,member}', NULL);
