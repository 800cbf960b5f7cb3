-- enamel: rebuild order

-- rename column order."from'" to "two words"
ALTER TABLE "order" RENAME COLUMN "from'" TO "two words";

-- order.Straße: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of order is written again
CREATE TABLE "enamel_next_order" (
    "index" INTEGER NOT NULL PRIMARY KEY,
    "a""b" BIGINT NOT NULL,
    "to" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "Straße" TEXT,
    "two words" BIGINT,
    UNIQUE ("to", "a""b"),
    FOREIGN KEY ("two words") REFERENCES "order" ("index"),
    CHECK ("group" <> '')
);

INSERT INTO "enamel_next_order" (
    "index",
    "a""b",
    "to",
    "group",
    "Straße",
    "two words"
)
SELECT
    "index",
    "a""b",
    "to",
    "group",
    "Straße",
    "two words"
FROM "order"
ORDER BY rowid;

DROP TABLE "order";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_order" RENAME TO "order";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "select" ON "order" ("group");
