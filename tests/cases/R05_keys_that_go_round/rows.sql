INSERT INTO nodes (id, parent_id, label) VALUES (1, NULL, 'root'), (2, 1, NULL), (3, 2, 'leaf'), (4, 4, NULL);
INSERT INTO people (id, company_id) VALUES (1, NULL), (2, NULL);
INSERT INTO companies (id, owner_id, note) VALUES (10, 1, 'it''s'), (20, 2, NULL);
UPDATE people SET company_id = 10 WHERE id = 1;
UPDATE people SET company_id = 20 WHERE id = 2;
