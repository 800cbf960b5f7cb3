-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.seen that are more than a date, or none
SELECT "id", "seen"
FROM "readings"
WHERE "seen" IS NOT NULL AND date("seen") IS NULL OR datetime(date("seen")) IS NOT datetime("seen");

-- readings.seen: type DATETIME becomes DATE
-- hazard: breaks-old-code: programs from before know readings.seen as it was
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" DATE
);

INSERT INTO "enamel_next_readings" (
    "id",
    "seen"
)
SELECT
    "id",
    date("seen")
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
