
-- enum role: add value 'nobody'
-- hazard: table-rewrite: every column of role is written again for a value that is used at once
ALTER TYPE "role" RENAME TO "enamel_previous_role";

CREATE TYPE "role" AS ENUM ('admin', 'member', 'nobody');

ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT;

-- users.role: default 'member' becomes 'nobody'
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users"
    ALTER COLUMN "role" TYPE "role" USING "role"::text::"role",
    ALTER COLUMN "others" TYPE "role"[] USING "others"::text[]::"role"[],
    ALTER COLUMN "backup" TYPE "role" USING "backup"::text::"role";

ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'nobody';

DROP TYPE "enamel_previous_role";
