-- enamel: rebuild counteds
-- enamel: rebuild emptied
-- enamel: rebuild lines
-- enamel: rebuild pairs
-- enamel: rebuild readings
-- enamel: rebuild tags

-- counteds.note: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of counteds is written again
CREATE TABLE "enamel_next_counteds" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "note" TEXT
);

INSERT INTO "enamel_next_counteds" (
    "id",
    "note"
)
SELECT
    "id",
    "note"
FROM "counteds"
ORDER BY rowid;

DELETE FROM "sqlite_sequence"
WHERE "name" = 'enamel_next_counteds';

INSERT INTO "sqlite_sequence" ("name", "seq")
SELECT 'enamel_next_counteds', "seq"
FROM "sqlite_sequence"
WHERE "name" = 'counteds';

DROP TABLE "counteds";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_counteds" RENAME TO "counteds";

PRAGMA legacy_alter_table = OFF;

-- emptied.note: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of emptied is written again
CREATE TABLE "enamel_next_emptied" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "note" TEXT
);

INSERT INTO "enamel_next_emptied" (
    "id",
    "note"
)
SELECT
    "id",
    "note"
FROM "emptied"
ORDER BY rowid;

DELETE FROM "sqlite_sequence"
WHERE "name" = 'enamel_next_emptied';

INSERT INTO "sqlite_sequence" ("name", "seq")
SELECT 'enamel_next_emptied', "seq"
FROM "sqlite_sequence"
WHERE "name" = 'emptied';

DROP TABLE "emptied";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_emptied" RENAME TO "emptied";

PRAGMA legacy_alter_table = OFF;

-- lines.note: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of lines is written again
CREATE TABLE "enamel_next_lines" (
    "rowid" TEXT NOT NULL,
    "note" TEXT
);

INSERT INTO "enamel_next_lines" (
    _rowid_,
    "rowid",
    "note"
)
SELECT
    _rowid_,
    "rowid",
    "note"
FROM "lines"
ORDER BY _rowid_;

DROP TABLE "lines";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_lines" RENAME TO "lines";

PRAGMA legacy_alter_table = OFF;

-- pairs.note: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of pairs is written again
CREATE TABLE "enamel_next_pairs" (
    "left" INTEGER NOT NULL,
    "right" INTEGER NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("left", "right")
) STRICT, WITHOUT ROWID;

INSERT INTO "enamel_next_pairs" (
    "left",
    "right",
    "note"
)
SELECT
    "left",
    "right",
    "note"
FROM "pairs";

DROP TABLE "pairs";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_pairs" RENAME TO "pairs";

PRAGMA legacy_alter_table = OFF;

-- readings.note: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "taken_at" TEXT NOT NULL,
    "good" INTEGER NOT NULL,
    "value" REAL NOT NULL,
    "note" TEXT
) STRICT;

INSERT INTO "enamel_next_readings" (
    "id",
    "taken_at",
    "good",
    "value",
    "note"
)
SELECT
    "id",
    "taken_at",
    "good",
    "value",
    "note"
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;

-- tags.note: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of tags is written again
CREATE TABLE "enamel_next_tags" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "note" TEXT
) WITHOUT ROWID;

INSERT INTO "enamel_next_tags" (
    "name",
    "note"
)
SELECT
    "name",
    "note"
FROM "tags";

DROP TABLE "tags";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_tags" RENAME TO "tags";

PRAGMA legacy_alter_table = OFF;
