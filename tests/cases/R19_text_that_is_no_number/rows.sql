INSERT INTO people (id, zip) VALUES (1, '1010'), (2, 'unknown');
