
-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.seen that are not times without a zone
SELECT "id", "seen"
FROM "readings"
WHERE "seen" !~ '^([0-9]{4,6}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?( BC)?|-?infinity)$';

-- readings.seen: type text becomes timestamp
-- hazard: breaks-old-code: programs from before know readings.seen as it was
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "seen" TYPE timestamp USING "seen"::timestamp;
