-- enamel: backfill users.size=length(name) + 1

-- add column users.size bigint
ALTER TABLE "users" ADD COLUMN "size" bigint;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "size" = length(name) + 1;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check size > length(name)
SELECT "id", "name", "size"
FROM "users"
WHERE NOT (size > length(name));

-- add check on users: size > length(name)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_name_size" CHECK (size > length(name));
