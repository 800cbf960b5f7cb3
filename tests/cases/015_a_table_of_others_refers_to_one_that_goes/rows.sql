INSERT INTO users (id, name) VALUES (1, 'Ann');
INSERT INTO audit_log VALUES ('born', 1);
