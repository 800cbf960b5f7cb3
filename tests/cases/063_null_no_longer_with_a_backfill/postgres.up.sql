-- enamel: backfill users.age=id * 10

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "age" = id * 10
WHERE "age" IS NULL;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: NULLs in users.age
SELECT "id", "age"
FROM "users"
WHERE "age" IS NULL;

-- users.age: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to users.age
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;
