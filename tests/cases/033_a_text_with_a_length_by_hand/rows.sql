INSERT INTO things VALUES (1, 'Straße'), (2, '');
