INSERT INTO people (id, zip) VALUES (1, 'A-1010'), (2, '01010');
