
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.zip that are not whole numbers
SELECT "id", "zip"
FROM "people"
WHERE "zip" !~ '^(0|-?[1-9][0-9]*)$';

-- people.zip: type text becomes integer
-- hazard: breaks-old-code: programs from before know people.zip as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "zip" TYPE integer USING "zip"::integer;
