INSERT INTO people (id, born, at, seen, wakes, weight) VALUES
    (1, '2024-02-29', '2024-02-29 10:00:00', '2024-02-29 10:00:00.5+00', '23:59:59.999999', '81.5'),
    (2, 'infinity', '-infinity', 'infinity', '24:00:00', 'NaN'),
    (3, '0044-03-15 BC', '0044-03-15 12:00:00 BC', '0044-03-15 12:00:00+00 BC', NULL, '-Infinity');
