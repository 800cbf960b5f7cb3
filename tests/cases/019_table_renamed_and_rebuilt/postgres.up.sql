-- enamel: rename table user=users
-- enamel: backfill users.name=''
-- enamel: backfill users.next_age=age + 1

-- rename table user to users
-- hazard: breaks-old-code: programs from before use user
ALTER TABLE "user" RENAME TO "users";

-- add column users.next_age integer NOT NULL
-- hazard: breaks-old-code: programs from before insert into users without next_age
ALTER TABLE "users" ADD COLUMN "next_age" integer;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "name" = ''
WHERE "name" IS NULL;

UPDATE "users"
SET "next_age" = age + 1;

-- users.name: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to users.name
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: NULLs in users.next_age
SELECT "id", "next_age"
FROM "users"
WHERE "next_age" IS NULL;

-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ALTER COLUMN "next_age" SET NOT NULL;
