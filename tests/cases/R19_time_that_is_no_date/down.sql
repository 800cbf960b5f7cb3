-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.seen that are not dates or times
SELECT "id", "seen"
FROM "readings"
WHERE "seen" IS NOT NULL AND datetime("seen") IS NULL;

-- readings.seen: type DATE becomes DATETIME
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" DATETIME
);

INSERT INTO "enamel_next_readings" (
    "id",
    "seen"
)
SELECT
    "id",
    datetime("seen")
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
