INSERT INTO tenants (id, code) VALUES (1, 'a'), (2, NULL);
INSERT INTO users (id, tenant_id) VALUES (1, 1), (2, 2);
