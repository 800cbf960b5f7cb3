-- enamel: rebuild things

-- things.count: default 2 becomes 1
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "made" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "count" INTEGER NOT NULL DEFAULT 1
);

INSERT INTO "enamel_next_things" (
    "id",
    "made",
    "count"
)
SELECT
    "id",
    "made",
    "count"
FROM "things"
ORDER BY rowid;

DROP TABLE "things";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_things" RENAME TO "things";

PRAGMA legacy_alter_table = OFF;
