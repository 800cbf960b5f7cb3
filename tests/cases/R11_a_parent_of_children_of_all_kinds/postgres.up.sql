-- enamel: backfill parents.age=0

-- hazard: table-rewrite: every row of parents is written again
UPDATE "parents"
SET "age" = 0
WHERE "age" IS NULL;

-- parents.age: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to parents.age
-- hazard: long-lock: readers and writers of parents wait meanwhile
-- hazard: validation-scan: every row of parents is looked at
ALTER TABLE "parents" ALTER COLUMN "age" SET NOT NULL;
