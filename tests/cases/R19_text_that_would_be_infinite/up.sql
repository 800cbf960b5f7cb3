-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not numbers
SELECT "id", "level"
FROM "readings"
WHERE CAST("level" AS REAL) <> "level" OR CAST("level" AS REAL) NOT BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308;

-- readings.level: type TEXT becomes DOUBLE
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" DOUBLE NOT NULL
);

INSERT INTO "enamel_next_readings" (
    "id",
    "level"
)
SELECT
    "id",
    CAST("level" AS REAL)
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
