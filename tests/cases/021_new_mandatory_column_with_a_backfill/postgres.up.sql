-- enamel: backfill users.email=lower(name) || '@example.org'

-- add column users.email text NOT NULL
-- hazard: breaks-old-code: programs from before insert into users without email
ALTER TABLE "users" ADD COLUMN "email" text;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "email" = lower(name) || '@example.org';

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: NULLs in users.email
SELECT "id", "email"
FROM "users"
WHERE "email" IS NULL;

-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;
