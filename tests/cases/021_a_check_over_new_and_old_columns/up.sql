-- enamel: backfill users.size=length(name) + 1

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check size > length(name)
SELECT "id", "name"
FROM "users"
WHERE NOT (CAST(length(name) + 1 AS NUMERIC) > length(name));

-- add column users.size BIGINT
-- add check on users: size > length(name)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
ALTER TABLE "users" ADD COLUMN "size" BIGINT CHECK (size > length(name));

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "size" = length(name) + 1;
