
-- things.made: default transaction_timestamp() becomes now()
ALTER TABLE "things" ALTER COLUMN "made" SET DEFAULT now();
