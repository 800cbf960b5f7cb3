INSERT INTO counteds (id, note) VALUES (1, 'a'), (41, NULL), (100, 'gone');
DELETE FROM counteds WHERE id = 100;
INSERT INTO emptied (id) VALUES (7);
DELETE FROM emptied;
INSERT INTO tags (name, note) VALUES ('b', NULL), ('a', 'it''s');
INSERT INTO readings (id, taken_at, good, value, note) VALUES (1, '2024-01-02 03:04:05+00:00', true, 0.1, NULL), (3, '2024-01-02', false, 2, 'x');
INSERT INTO pairs ("left", "right", note) VALUES (2, 1, NULL), (1, 2, 'x');
INSERT INTO lines (rowid, note) VALUES ('ten', NULL), ('two', 'x'), ('thirty', NULL);
DELETE FROM lines WHERE rowid = 'thirty';
