CREATE TABLE things (id INTEGER PRIMARY KEY, note NOT NULL, picture);
