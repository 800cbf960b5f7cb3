-- enamel: rebuild things

-- things.small: type SMALLINT becomes INTEGER
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "small" INTEGER NOT NULL,
    "medium" INTEGER NOT NULL,
    "large" BIGINT NOT NULL
);

INSERT INTO "enamel_next_things" (
    "id",
    "small",
    "medium",
    "large"
)
SELECT
    "id",
    "small",
    "medium",
    "large"
FROM "things"
ORDER BY rowid;

DROP TABLE "things";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_things" RENAME TO "things";

PRAGMA legacy_alter_table = OFF;
