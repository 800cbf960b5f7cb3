
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.born that are not dates
SELECT "id", "born"
FROM "people"
WHERE "born" !~ '^([0-9]{4,6}-[0-9]{2}-[0-9]{2}( BC)?|-?infinity)$';

-- people.born: type text becomes date
-- hazard: breaks-old-code: programs from before know people.born as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "born" TYPE date USING "born"::date;
