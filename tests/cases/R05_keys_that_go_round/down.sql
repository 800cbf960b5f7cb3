-- enamel: rebuild companies
-- enamel: rebuild nodes

-- drop check on companies: length(note) < 100
-- hazard: table-rewrite: every row of companies is written again
CREATE TABLE "enamel_next_companies" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "owner_id" BIGINT,
    "note" TEXT,
    FOREIGN KEY ("owner_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

INSERT INTO "enamel_next_companies" (
    "id",
    "owner_id",
    "note"
)
SELECT
    "id",
    "owner_id",
    "note"
FROM "companies"
ORDER BY rowid;

DROP TABLE "companies";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_companies" RENAME TO "companies";

PRAGMA legacy_alter_table = OFF;

-- nodes.label: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of nodes is written again
CREATE TABLE "enamel_next_nodes" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "parent_id" BIGINT,
    "label" TEXT,
    FOREIGN KEY ("parent_id") REFERENCES "nodes" ("id") ON DELETE RESTRICT
);

INSERT INTO "enamel_next_nodes" (
    "id",
    "parent_id",
    "label"
)
SELECT
    "id",
    "parent_id",
    "label"
FROM "nodes"
ORDER BY rowid;

DROP TABLE "nodes";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_nodes" RENAME TO "nodes";

PRAGMA legacy_alter_table = OFF;
