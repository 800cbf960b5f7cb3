INSERT INTO things (mood, moods) VALUES ('happy', '{sad,happy}'), (DEFAULT, '{}');
