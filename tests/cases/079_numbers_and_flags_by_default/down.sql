-- enamel: rebuild things

-- things.none: drop default 0
-- things.five: default 7 becomes 5
-- things.off: default FALSE becomes TRUE
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "none" INTEGER NOT NULL,
    "five" INTEGER NOT NULL DEFAULT 5,
    "same" INTEGER NOT NULL DEFAULT 1,
    "on" BOOLEAN NOT NULL DEFAULT TRUE,
    "off" BOOLEAN NOT NULL DEFAULT TRUE
);

INSERT INTO "enamel_next_things" (
    "id",
    "none",
    "five",
    "same",
    "on",
    "off"
)
SELECT
    "id",
    "none",
    "five",
    "same",
    "on",
    "off"
FROM "things"
ORDER BY rowid;

DROP TABLE "things";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_things" RENAME TO "things";

PRAGMA legacy_alter_table = OFF;
