
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that no floating-point number equals
SELECT "id", "age"
FROM "people"
WHERE "age" NOT BETWEEN -9007199254740992 AND 9007199254740992;

-- people.age: type bigint becomes double precision
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "age" TYPE double precision;
