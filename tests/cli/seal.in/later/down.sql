-- move addresses to a table of their own
-- enamel: rebuild customers
CREATE TABLE enamel_next_customers (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    town TEXT NOT NULL
);
INSERT INTO enamel_next_customers (id, name, street, town)
SELECT id, name, street, town FROM customers JOIN addresses ON customer_id = id;
DROP TABLE addresses;
DROP TABLE customers;
ALTER TABLE enamel_next_customers RENAME TO customers;
