
-- enum role: drop value 'nobody'
-- hazard: breaks-old-code: programs from before may write values of role that are refused from now on
ALTER TYPE "role" RENAME TO "enamel_previous_role";

CREATE TYPE "role" AS ENUM ('admin', 'member');

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.role that hold 'nobody'
SELECT "id", "role"
FROM "users"
WHERE "role" IN ('nobody');

-- enamel: must be empty: values of users.others that hold 'nobody'
SELECT "id", "others"
FROM "users"
WHERE "others"::text[] && ARRAY['nobody'];

-- enamel: must be empty: values of users.backup that hold 'nobody'
SELECT "id", "backup"
FROM "users"
WHERE "backup" IN ('nobody');

ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT;

-- users.role: default 'nobody' becomes 'member'
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users"
    ALTER COLUMN "role" TYPE "role" USING "role"::text::"role",
    ALTER COLUMN "others" TYPE "role"[] USING "others"::text[]::"role"[],
    ALTER COLUMN "backup" TYPE "role" USING "backup"::text::"role";

ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'member';

DROP TYPE "enamel_previous_role";
