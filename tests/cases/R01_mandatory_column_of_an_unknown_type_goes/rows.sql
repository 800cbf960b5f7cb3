INSERT INTO things (email) VALUES ('a');
