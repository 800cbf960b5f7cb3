
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.age that are too large
SELECT "id", "age"
FROM "users"
WHERE abs("age"::numeric) >= 1e8;

-- users.age: type bigint becomes numeric(8, 0)
-- hazard: breaks-old-code: programs from before know users.age as it was
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "age" TYPE numeric(8, 0);
