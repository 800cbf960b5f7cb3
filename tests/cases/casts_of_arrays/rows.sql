INSERT INTO things (numbers, small, words, moods, said, times, card, search, address)
VALUES ('{1,NULL}', '{7}', '{1,-2}', '{sad}', '{happy,sad}', '{2024-02-29}', '08:00:2b:01:02:03', '08:00:2b:01:02:04', '10.0.0.1'),
    ('{}', '{}', '{}', '{}', '{}', '{}', '08:00:2b:01:02:03', '08:00:2b:01:02:04', '::1');
