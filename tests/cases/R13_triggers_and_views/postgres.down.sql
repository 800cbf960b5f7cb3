
-- rename column accounts.revision to changes
ALTER TABLE "accounts" RENAME COLUMN "revision" TO "changes";

-- accounts.balance: type bigint becomes text
-- hazard: table-rewrite: every row of accounts is written again
-- hazard: long-lock: readers and writers of accounts wait meanwhile
ALTER TABLE "accounts" ALTER COLUMN "balance" TYPE text;
