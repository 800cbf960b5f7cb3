
-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.step that are not from 0 to 255
SELECT "id", "step"
FROM "readings"
WHERE "step" NOT BETWEEN 0 AND 255;

-- enamel: must be empty: values of readings.level that are too large
SELECT "id", "level"
FROM "readings"
WHERE "level" NOT BETWEEN -32768 AND 32767;

-- enamel: must be empty: values of readings.step that are too large
SELECT "id", "step"
FROM "readings"
WHERE "step" NOT BETWEEN -32768 AND 32767;

-- readings.level: type bigint becomes smallint
-- readings.step: type integer becomes smallint
-- hazard: breaks-old-code: programs from before know readings.level as it was; know readings.step as it was
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings"
    ALTER COLUMN "level" TYPE smallint,
    ALTER COLUMN "step" TYPE smallint;
