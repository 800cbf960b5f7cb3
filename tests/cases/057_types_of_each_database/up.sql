-- enamel: rebuild things

-- things.word: type TEXT becomes VARCHAR(9)
-- hazard: breaks-old-code: programs from before know things.word as it was
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "word" VARCHAR(9) NOT NULL
);

INSERT INTO "enamel_next_things" (
    "id",
    "count",
    "word"
)
SELECT
    "id",
    "count",
    "word"
FROM "things"
ORDER BY rowid;

DROP TABLE "things";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_things" RENAME TO "things";

PRAGMA legacy_alter_table = OFF;
