
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.wakes that are not times of a day
SELECT "id", "wakes"
FROM "people"
WHERE "wakes" !~ '^[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?$';

-- people.wakes: type text becomes time
-- hazard: breaks-old-code: programs from before know people.wakes as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "wakes" TYPE time USING "wakes"::time;
