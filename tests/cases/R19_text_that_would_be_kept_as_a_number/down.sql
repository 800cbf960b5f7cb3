-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.seen that are not text
SELECT "id", "seen"
FROM "readings"
WHERE typeof("seen") = 'blob' OR typeof("seen") = 'real' AND CAST(CAST("seen" AS TEXT) AS REAL) <> "seen";

-- readings.seen: type DATETIME becomes TEXT
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" TEXT NOT NULL
);

INSERT INTO "enamel_next_readings" (
    "id",
    "seen"
)
SELECT
    "id",
    "seen"
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
