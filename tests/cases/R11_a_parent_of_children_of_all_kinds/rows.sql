INSERT INTO parents (id, code, age) VALUES (1, 'a', NULL), (2, 'b', 40), (3, 'it''s', NULL);
INSERT INTO cascade_children (id, parent_id) VALUES (1, 1), (2, 2), (3, 2);
INSERT INTO null_children (id, parent_code) VALUES (1, 'a'), (2, NULL), (3, 'it''s');
INSERT INTO restrict_children (id, parent_id) VALUES (1, 3);
INSERT INTO default_children (id, parent_id) VALUES (1, 2);
