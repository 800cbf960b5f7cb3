INSERT INTO nodes (id, parent_id) VALUES (1, NULL), (2, 1);
INSERT INTO people (id) VALUES (1);
INSERT INTO companies (id, owner_id) VALUES (1, 1);
UPDATE people SET company_id = 1;
