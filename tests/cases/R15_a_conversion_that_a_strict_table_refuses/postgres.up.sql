-- enamel: convert readings.level=trim(level)

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: rows of readings that get no value for level
SELECT "id", "level"
FROM "readings"
WHERE (trim(level)) IS NULL;

-- readings.level: type text becomes bigint
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "level" TYPE bigint USING trim(level);
