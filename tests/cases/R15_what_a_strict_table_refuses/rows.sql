INSERT INTO tags (id, weight) VALUES (1, 5), (2, 'heavy'), (3, 1.5);
