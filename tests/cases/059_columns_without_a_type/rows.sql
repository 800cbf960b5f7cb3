INSERT INTO things VALUES (1, 'a note', x'00ff');
