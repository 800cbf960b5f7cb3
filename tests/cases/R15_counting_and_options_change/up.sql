-- enamel: rebuild invoices
-- enamel: rebuild tags
-- enamel: rebuild tickets

-- invoices.id: counting up becomes counting up, never reused
-- hazard: table-rewrite: every row of invoices is written again
CREATE TABLE "enamel_next_invoices" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "total" BIGINT NOT NULL
);

INSERT INTO "enamel_next_invoices" (
    "id",
    "total"
)
SELECT
    "id",
    "total"
FROM "invoices"
ORDER BY rowid;

DROP TABLE "invoices";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_invoices" RENAME TO "invoices";

PRAGMA legacy_alter_table = OFF;

-- hazard: validation-scan: every row of tags is looked at
-- enamel: must be empty: values of tags.name that are not text
SELECT "name"
FROM "tags"
WHERE typeof("name") = 'blob';

-- enamel: must be empty: values of tags.weight that are not numbers
SELECT "name", "weight"
FROM "tags"
WHERE typeof("weight") NOT IN ('integer', 'real', 'null');

-- tags: becomes STRICT; becomes WITHOUT ROWID
-- hazard: breaks-old-code: programs from before may write to tags what a strict table refuses; may use the row numbers of tags
-- hazard: table-rewrite: every row of tags is written again
CREATE TABLE "enamel_next_tags" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "weight" REAL NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO "enamel_next_tags" (
    "name",
    "weight"
)
SELECT
    "name",
    "weight"
FROM "tags"
ORDER BY rowid;

DROP TABLE "tags";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_tags" RENAME TO "tags";

PRAGMA legacy_alter_table = OFF;

-- tickets.id: counting up, never reused becomes counting up
-- hazard: table-rewrite: every row of tickets is written again
CREATE TABLE "enamel_next_tickets" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL
);

INSERT INTO "enamel_next_tickets" (
    "id",
    "title"
)
SELECT
    "id",
    "title"
FROM "tickets"
ORDER BY rowid;

DROP TABLE "tickets";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_tickets" RENAME TO "tickets";

PRAGMA legacy_alter_table = OFF;
