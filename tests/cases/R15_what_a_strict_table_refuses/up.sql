-- enamel: rebuild tags

-- hazard: validation-scan: every row of tags is looked at
-- enamel: must be empty: values of tags.weight that are not whole numbers
SELECT "id", "weight"
FROM "tags"
WHERE typeof("weight") NOT IN ('integer', 'null');

-- tags: becomes STRICT
-- hazard: breaks-old-code: programs from before may write to tags what a strict table refuses
-- hazard: table-rewrite: every row of tags is written again
CREATE TABLE "enamel_next_tags" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "weight" INTEGER NOT NULL
) STRICT;

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
