-- enamel: rebuild visits

-- hazard: validation-scan: every row of visits is looked at
-- enamel: must be empty: values of visits.seen that are not dates or times
SELECT "id", "seen"
FROM "visits"
WHERE "seen" IS NOT NULL AND datetime("seen") IS NULL OR CAST("seen" AS NUMERIC) = "seen";

-- enamel: must be empty: rows of visits that break the check seen > 3
SELECT "id", "seen"
FROM "visits"
WHERE NOT ((+"seen") > 3);

-- visits.seen: type TEXT becomes DATETIME
-- add check on visits: seen > 3
-- hazard: breaks-old-code: programs from before know visits.seen as it was; may write to visits what is refused from now on
-- hazard: table-rewrite: every row of visits is written again
CREATE TABLE "enamel_next_visits" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" DATETIME NOT NULL,
    CHECK (seen > 3)
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
