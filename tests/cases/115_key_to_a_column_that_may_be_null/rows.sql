INSERT INTO tenants (id, code) VALUES (1, 'a'), (2, NULL);
INSERT INTO users (id, tenant) VALUES (1, 'a'), (2, NULL), (3, 'b');
