INSERT INTO things (id, count, word) VALUES (1, 7, 'it''s');
