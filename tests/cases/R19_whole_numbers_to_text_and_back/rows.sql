INSERT INTO people (id, age, zip, score, ratio, flag, day) VALUES
    (1, 36, '1010', '1.5', 0.5, 1, '2024-02-29'), (2, -1, '0', NULL, 2.0, 0, '1970-01-01'), (3, 0, '99', '1e3', 1e100, 1, '0001-01-01');
