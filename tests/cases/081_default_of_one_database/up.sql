-- enamel: rebuild things
-- enamel: keeps-old-code

-- things.count: default 1 becomes 2
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "made" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "count" INTEGER NOT NULL DEFAULT 2
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
