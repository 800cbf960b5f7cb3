-- refuse blank names
CREATE TABLE former (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, phone TEXT);
INSERT INTO former SELECT * FROM customers;
DROP TABLE customers;
ALTER TABLE former RENAME TO customers;
