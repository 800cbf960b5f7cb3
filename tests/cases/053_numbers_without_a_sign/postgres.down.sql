
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.large that are not from 0 to 4294967295
SELECT "id", "large"
FROM "things"
WHERE "large" NOT BETWEEN 0 AND 4294967295;

-- enamel: must be empty: values of things.medium that are not from 0 to 65535
SELECT "id", "medium"
FROM "things"
WHERE "medium" NOT BETWEEN 0 AND 65535;

-- enamel: must be empty: values of things.small that are not from 0 to 255
SELECT "id", "small"
FROM "things"
WHERE "small" NOT BETWEEN 0 AND 255;
