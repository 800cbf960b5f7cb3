-- enamel: backfill users.role=CASE id WHEN 1 THEN 'admin' ELSE 'member' END

-- create enum role ('admin', 'member')
CREATE TYPE "role" AS ENUM ('admin', 'member');

-- add column users.role enum role NOT NULL
-- hazard: breaks-old-code: programs from before insert into users without role
ALTER TABLE "users" ADD COLUMN "role" "role";

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "role" = (CASE id WHEN 1 THEN 'admin' ELSE 'member' END)::text::"role";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: NULLs in users.role
SELECT "id", "role"
FROM "users"
WHERE "role" IS NULL;

-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ALTER COLUMN "role" SET NOT NULL;
