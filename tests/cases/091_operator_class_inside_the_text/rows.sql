INSERT INTO things (name) VALUES ('a');
