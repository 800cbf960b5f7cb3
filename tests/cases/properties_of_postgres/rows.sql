INSERT INTO books (title, price, state) VALUES ('Emma', 5, 'new');
