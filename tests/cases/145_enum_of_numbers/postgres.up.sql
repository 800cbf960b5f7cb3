
-- drop check on users: "level" IN (10, 20)
ALTER TABLE "users" DROP CONSTRAINT "ck_users_level_values";

-- users.level: default 10 becomes 20
ALTER TABLE "users" ALTER COLUMN "level" SET DEFAULT 20;

-- add check on users: "level" IN (10, 20, 30)
-- hazard: breaks-old-code: programs from before may read a value of users.level that they do not know
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_level_values" CHECK ("level" IN (10, 20, 30));
