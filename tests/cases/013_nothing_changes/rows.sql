INSERT INTO users (id, name) VALUES (1, 'it''s');
INSERT INTO books (id, price) VALUES (1, 0);
