-- enamel: rebuild tags

-- tags: no longer STRICT
-- hazard: table-rewrite: every row of tags is written again
CREATE TABLE "enamel_next_tags" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "weight" INTEGER NOT NULL
);

INSERT INTO "enamel_next_tags" (
    "id",
    "weight"
)
SELECT
    "id",
    "weight"
FROM "tags"
ORDER BY rowid;

DROP TABLE "tags";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_tags" RENAME TO "tags";

PRAGMA legacy_alter_table = OFF;
