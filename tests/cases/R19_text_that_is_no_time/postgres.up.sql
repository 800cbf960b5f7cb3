
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.seen that are not times without a zone
SELECT "id", "seen"
FROM "people"
WHERE "seen" !~ '^([0-9]{4,6}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?( BC)?|-?infinity)$';

-- people.seen: type text becomes timestamp
-- hazard: breaks-old-code: programs from before know people.seen as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "seen" TYPE timestamp USING "seen"::timestamp;
