
-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.seen that are more than a date
SELECT "id", "seen"
FROM "readings"
WHERE "seen" <> date_trunc('day', "seen");

-- readings.seen: type timestamp becomes date
-- hazard: breaks-old-code: programs from before know readings.seen as it was
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "seen" TYPE date;
