-- enamel: keeps-old-code

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not whole numbers
SELECT *
FROM "readings"
WHERE typeof((CASE WHEN CAST('high' AS NUMERIC) = 'high' THEN CAST('high' AS NUMERIC) ELSE 'high' END)) NOT IN ('integer', 'null');

-- add column readings.level INT NOT NULL DEFAULT 'high'
ALTER TABLE "readings" ADD COLUMN "level" INT NOT NULL DEFAULT 'high';
