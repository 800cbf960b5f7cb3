-- enamel: rebuild things

-- things.word: type VARCHAR(9) becomes TEXT
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "word" TEXT NOT NULL
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
