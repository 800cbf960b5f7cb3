INSERT INTO things (email, count, pair, odd, stretch, search, ranges, bits, hour, span, page, price)
VALUES ('a@b', 3, ROW(7, 'it''s'), 'c', '[0.5,1]', 'cat:1', '{"[1,2)"}', B'101', '10:00:00.123+01', '1 day 00:00:01.5', '<a/>', 12.34);
INSERT INTO things (email) VALUES ('@');
