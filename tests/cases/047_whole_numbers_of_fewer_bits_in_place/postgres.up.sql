
-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not from -128 to 127
SELECT "id", "level"
FROM "readings"
WHERE "level" NOT BETWEEN -128 AND 127;

-- enamel: must be empty: values of readings.step that are not from 0 to 65535
SELECT "id", "step"
FROM "readings"
WHERE "step" NOT BETWEEN 0 AND 65535;

-- enamel: must be empty: values of readings.level that are too large
SELECT "id", "level"
FROM "readings"
WHERE "level" NOT BETWEEN -32768 AND 32767;

-- readings.level: type integer becomes smallint
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "level" TYPE smallint;
