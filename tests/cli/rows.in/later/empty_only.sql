-- ask for an e-mail address
ALTER TABLE customers ADD COLUMN email TEXT NOT NULL;
