INSERT INTO users (id, code) VALUES (1, 'abcdef');
