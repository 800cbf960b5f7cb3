-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that would be other numbers when read back from text
SELECT "id", "level"
FROM "readings"
WHERE typeof("level") = 'real' AND CAST(CAST("level" AS TEXT) AS REAL) <> "level";

-- enamel: must be empty: rows of readings that have the same level as another
SELECT "id", "level"
FROM "readings"
WHERE CAST("level" AS TEXT) IN (
    SELECT CAST("level" AS TEXT)
    FROM "readings"
    GROUP BY 1
    HAVING count(*) > 1
);

-- readings.level: type BIGINT becomes TEXT
-- hazard: data-loss: the conversion of readings.level has no way back; it only casts
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" TEXT NOT NULL,
    UNIQUE ("level")
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
