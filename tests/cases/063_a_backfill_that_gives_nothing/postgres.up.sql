-- enamel: backfill users.search=lower(name)

-- add column users.search text NOT NULL
-- hazard: breaks-old-code: programs from before insert into users without search
ALTER TABLE "users" ADD COLUMN "search" text;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "search" = lower(name);

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: NULLs in users.search
SELECT "id", "search"
FROM "users"
WHERE "search" IS NULL;

-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ALTER COLUMN "search" SET NOT NULL;
