
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.price that have more digits than numeric(8, 0)
SELECT "id", "price"
FROM "things"
WHERE "price" <> round("price", 0);

-- things.price: type numeric(8, 2) becomes numeric(8, 0)
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "price" TYPE numeric(8, 0);
