
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that are not whole numbers
SELECT "id", "age"
FROM "people"
WHERE "age" <> trunc("age") OR "age" NOT BETWEEN -9223372036854775808 AND 9223372036854775807;

-- people.age: type double precision becomes bigint
-- hazard: breaks-old-code: programs from before know people.age as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "age" TYPE bigint;
