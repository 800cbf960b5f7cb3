INSERT INTO things (name) VALUES ('a'); INSERT INTO notes (thing_id) VALUES (1);
