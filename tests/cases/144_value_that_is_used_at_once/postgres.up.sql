
-- drop check on users: role <> 'nobody'
ALTER TABLE "users" DROP CONSTRAINT "ck_users_role";

-- enum role: add value 'guest'
-- hazard: breaks-old-code: programs from before may read a value of role that they do not know
-- hazard: table-rewrite: every column of role is written again for a value that is used at once; a revision that only adds it spares that
ALTER TYPE "role" RENAME TO "enamel_previous_role";

CREATE TYPE "role" AS ENUM ('admin', 'member', 'guest', 'nobody');

ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT;

-- users.role: default 'member' becomes 'guest'
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users"
    ALTER COLUMN "role" TYPE "role" USING "role"::text::"role",
    ALTER COLUMN "others" TYPE "role"[] USING "others"::text[]::"role"[],
    ALTER COLUMN "backup" TYPE "role" USING "backup"::text::"role";

ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'guest';

-- add check on users: role <> 'nobody'
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_role" CHECK (role <> 'nobody');

DROP TYPE "enamel_previous_role";
