
-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not numbers
SELECT "id", "level"
FROM "readings"
WHERE "level" !~ '^(-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?|NaN|-?Infinity)$';

-- readings.level: type text becomes double precision
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "level" TYPE double precision USING "level"::double precision;
