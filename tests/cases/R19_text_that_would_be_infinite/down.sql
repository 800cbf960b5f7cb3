-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that would be other numbers when read back from text
SELECT "id", "level"
FROM "readings"
WHERE CAST(CAST("level" AS TEXT) AS REAL) <> "level";

-- readings.level: type DOUBLE becomes TEXT
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" TEXT NOT NULL
);

INSERT INTO "enamel_next_readings" (
    "id",
    "level"
)
SELECT
    "id",
    CAST("level" AS TEXT)
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
