-- enamel: convert readings.level=trim(level)
-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not whole numbers
SELECT "id", "level"
FROM "readings"
WHERE typeof((CASE WHEN CAST(trim(level) AS NUMERIC) = trim(level) THEN CAST(trim(level) AS NUMERIC) ELSE trim(level) END)) NOT IN ('integer', 'null');

-- enamel: must be empty: rows of readings that get no value for level
SELECT "id", "level"
FROM "readings"
WHERE trim(level) IS NULL;

-- readings.level: type TEXT becomes INTEGER
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" INTEGER NOT NULL
) STRICT;

INSERT INTO "enamel_next_readings" (
    "id",
    "level"
)
SELECT
    "id",
    trim(level)
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
