
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.price that have more digits than numeric(8, 2)
SELECT "id", "price"
FROM "things"
WHERE abs("price"::numeric) >= 1e6;

-- things.price: type numeric(8, 0) becomes numeric(8, 2)
-- hazard: breaks-old-code: programs from before know things.price as it was
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "price" TYPE numeric(8, 2);
