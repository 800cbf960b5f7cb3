
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.age that are not whole numbers
SELECT "id", "age"
FROM "users"
WHERE "age" !~ '^(0|-?[1-9][0-9]*)$';

-- users.age: type text becomes bigint
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "age" TYPE bigint USING "age"::bigint;
