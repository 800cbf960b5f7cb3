
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.age that are not whole numbers
SELECT "id", "age"
FROM "users"
WHERE "age" <> trunc("age") OR "age" NOT BETWEEN -9223372036854775808 AND 9223372036854775807;

-- users.age: type numeric(8, 0) becomes bigint
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "age" TYPE bigint;
