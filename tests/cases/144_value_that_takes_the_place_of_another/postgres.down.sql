
-- enum role: drop value 'guest'; add value 'nobody'
ALTER TYPE "role" RENAME TO "enamel_previous_role";

CREATE TYPE "role" AS ENUM ('admin', 'member', 'nobody');

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.role that hold 'guest'
SELECT "id", "role"
FROM "users"
WHERE "role" IN ('guest');

-- enamel: must be empty: values of users.others that hold 'guest'
SELECT "id", "others"
FROM "users"
WHERE "others"::text[] && ARRAY['guest'];

-- enamel: must be empty: values of users.backup that hold 'guest'
SELECT "id", "backup"
FROM "users"
WHERE "backup" IN ('guest');

ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT;

-- users.role: default 'guest' becomes 'member'
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users"
    ALTER COLUMN "role" TYPE "role" USING "role"::text::"role",
    ALTER COLUMN "others" TYPE "role"[] USING "others"::text[]::"role"[],
    ALTER COLUMN "backup" TYPE "role" USING "backup"::text::"role";

ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'member';

DROP TYPE "enamel_previous_role";
