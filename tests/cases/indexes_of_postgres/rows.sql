INSERT INTO things (name, age, day) VALUES ('a', 1, '2024-02-29'), ('b', NULL, '2024-02-28');
