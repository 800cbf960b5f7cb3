INSERT INTO accounts (id, owner, balance, changes) VALUES (1, 'Ann', '0', 0), (2, 'O''Hara', '-5', 0);
INSERT INTO entries (id, account_id, amount) VALUES (1, 1, 40), (2, 1, 2);
UPDATE overview SET owner = 'Bea' WHERE id = 1;
