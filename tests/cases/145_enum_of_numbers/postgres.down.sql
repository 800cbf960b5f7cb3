
-- drop check on users: "level" IN (10, 20, 30)
ALTER TABLE "users" DROP CONSTRAINT "ck_users_level_values";

-- users.level: default 20 becomes 10
ALTER TABLE "users" ALTER COLUMN "level" SET DEFAULT 10;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose level is none of 10, 20
SELECT "id", "level"
FROM "users"
WHERE NOT ("level" IN (10, 20));

-- add check on users: "level" IN (10, 20)
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_level_values" CHECK ("level" IN (10, 20));
