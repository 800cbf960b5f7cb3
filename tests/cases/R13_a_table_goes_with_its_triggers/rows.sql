INSERT INTO users (id) VALUES (1);
INSERT INTO logs (id, user_id, line) VALUES (1, 1, 'it''s');
