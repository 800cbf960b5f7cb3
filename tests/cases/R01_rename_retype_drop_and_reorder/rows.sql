INSERT INTO people (id, surname, age, nickname, born) VALUES
    (1, 'O''Hara', '36', 'Scarlett', NULL),
    (7, 'Straße', '0', NULL, '1901-02-03'),
    (9, '', '-5', '"q"', '');
