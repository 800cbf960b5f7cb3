-- enamel: rename order."two words"="from'"
-- enamel: backfill order.Straße='nowhere'

-- rename column order."two words" to "from'"
-- hazard: breaks-old-code: programs from before use order.two words
ALTER TABLE "order" RENAME COLUMN "two words" TO "from'";

-- hazard: table-rewrite: every row of order is written again
UPDATE "order"
SET "Straße" = 'nowhere'
WHERE "Straße" IS NULL;

-- order.Straße: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to order.Straße
-- hazard: long-lock: readers and writers of order wait meanwhile
-- hazard: validation-scan: every row of order is looked at
ALTER TABLE "order" ALTER COLUMN "Straße" SET NOT NULL;
