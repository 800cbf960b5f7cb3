INSERT INTO things (name) VALUES ('b'), ('a');
