INSERT INTO things (name, note, data) VALUES ('Straße', '', '{"a": [1]}');
