-- enamel: rebuild visits

-- hazard: validation-scan: every row of visits is looked at
-- enamel: must be empty: values of visits.seen that are not dates or times
SELECT "id", "seen"
FROM "visits"
WHERE "seen" IS NOT NULL AND datetime("seen") IS NULL OR CAST("seen" AS NUMERIC) = "seen";

-- visits.seen: type TEXT becomes DATETIME
-- hazard: table-rewrite: every row of visits is written again
CREATE TABLE "enamel_next_visits" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" DATETIME NOT NULL
);

INSERT INTO "enamel_next_visits" (
    "id",
    "seen"
)
SELECT
    "id",
    "seen"
FROM "visits"
ORDER BY rowid;

DROP TABLE "visits";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_visits" RENAME TO "visits";

PRAGMA legacy_alter_table = OFF;
