INSERT INTO things (bytes, number, words, point) VALUES ('\x00ff', 1700000000, 'a b', '(1,2)'), ('', 0, NULL, '(0,0)');
