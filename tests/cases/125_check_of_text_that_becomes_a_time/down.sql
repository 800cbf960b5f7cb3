-- enamel: rebuild visits

-- hazard: validation-scan: every row of visits is looked at
-- enamel: must be empty: values of visits.seen that are not text
SELECT "id", "seen"
FROM "visits"
WHERE typeof("seen") = 'blob' OR typeof("seen") = 'real' AND CAST(CAST("seen" AS TEXT) AS REAL) <> "seen";

-- drop check on visits: seen > 3
-- visits.seen: type DATETIME becomes TEXT
-- hazard: table-rewrite: every row of visits is written again
CREATE TABLE "enamel_next_visits" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" TEXT NOT NULL
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
