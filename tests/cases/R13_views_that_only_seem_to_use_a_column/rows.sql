INSERT INTO posts (text, state) VALUES ('short', 1), ('a', 2);
