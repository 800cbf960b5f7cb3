INSERT INTO letters (id, body) VALUES (1, 'Straße \ "7"'), (2, '');
