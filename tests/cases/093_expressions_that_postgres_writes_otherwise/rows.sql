INSERT INTO things (name, note, age, day, data) VALUES ('a', 'b', 2, '2024-02-29', '{"a": 1}');
