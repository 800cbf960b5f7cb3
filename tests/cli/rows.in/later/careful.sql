-- refuse blank names
-- enamel: convert customers.name=trim(name)

-- enamel: must be empty: customers without a name
SELECT id FROM customers WHERE trim(name) = '';

CREATE TABLE next (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, phone TEXT, CHECK (trim(name) <> ''));
INSERT INTO next (id, name, phone) SELECT id, trim(name), phone FROM customers;
DROP TABLE customers;
ALTER TABLE next RENAME TO customers;
