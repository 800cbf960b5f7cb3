INSERT INTO things (name, words) VALUES ('Ann', 'a b'), ('it''s', NULL);
