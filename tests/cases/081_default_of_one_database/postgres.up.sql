-- enamel: keeps-old-code

-- things.made: default now() becomes transaction_timestamp()
ALTER TABLE "things" ALTER COLUMN "made" SET DEFAULT transaction_timestamp();
