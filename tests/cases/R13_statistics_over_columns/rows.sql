INSERT INTO things (age, name, other) VALUES (1, 'a', 'b');
