-- enamel: rename accounts.changes=revision

-- rename column accounts.changes to revision
-- hazard: breaks-old-code: programs from before use accounts.changes
ALTER TABLE "accounts" RENAME COLUMN "changes" TO "revision";

-- hazard: validation-scan: every row of accounts is looked at
-- enamel: must be empty: values of accounts.balance that are not whole numbers
SELECT "id", "balance"
FROM "accounts"
WHERE "balance" !~ '^(0|-?[1-9][0-9]*)$';

-- accounts.balance: type text becomes bigint
-- hazard: breaks-old-code: programs from before know accounts.balance as it was
-- hazard: table-rewrite: every row of accounts is written again
-- hazard: long-lock: readers and writers of accounts wait meanwhile
ALTER TABLE "accounts" ALTER COLUMN "balance" TYPE bigint USING "balance"::bigint;
