-- enamel: rebuild things
-- enamel: keeps-old-code

-- things.none: add default 0
-- things.five: default 5 becomes 7
-- things.off: default TRUE becomes FALSE
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "none" INTEGER NOT NULL DEFAULT 0,
    "five" INTEGER NOT NULL DEFAULT 7,
    "same" INTEGER NOT NULL DEFAULT 1,
    "on" BOOLEAN NOT NULL DEFAULT TRUE,
    "off" BOOLEAN NOT NULL DEFAULT FALSE
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
