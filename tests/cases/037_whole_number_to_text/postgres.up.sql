
-- users.age: type bigint becomes text
-- hazard: breaks-old-code: programs from before know users.age as it was
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "age" TYPE text;
