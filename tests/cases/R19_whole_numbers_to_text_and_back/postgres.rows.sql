INSERT INTO people (id, age, zip, score, ratio, flag, day) VALUES
    (1, 36, '1010', '1.5', 0.5, true, '2024-02-29'), (2, -1, '0', NULL, 2.0, false, '1970-01-01'), (3, 0, '99', '1e3', 1e100, true, '0001-01-01');
