-- enamel: keeps-old-code

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not from -128 to 127
SELECT "id", "level"
FROM "readings"
WHERE "level" NOT BETWEEN -128 AND 127;

-- enamel: must be empty: values of readings.step that are not from 0 to 65535
SELECT "id", "step"
FROM "readings"
WHERE "step" NOT BETWEEN 0 AND 65535;
