-- refuse blank names
CREATE TABLE next (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, phone TEXT, CHECK (trim(name) <> ''));
INSERT INTO next (id, name) SELECT id, trim(name) FROM customers WHERE trim(name) <> '';
DROP TABLE customers;
ALTER TABLE next RENAME TO customers;
