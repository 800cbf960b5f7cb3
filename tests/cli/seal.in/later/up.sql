-- move addresses to a table of their own
CREATE TABLE addresses (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    street TEXT NOT NULL,
    town TEXT NOT NULL,
    FOREIGN KEY (customer_id) REFERENCES customers (id)
);
INSERT INTO addresses (customer_id, street, town) SELECT id, street, town FROM customers;
ALTER TABLE customers DROP COLUMN street;
ALTER TABLE customers DROP COLUMN town;
