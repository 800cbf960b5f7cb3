-- enamel: rename order."two words"="from'"
-- enamel: backfill order.Straße='nowhere'
-- enamel: rebuild order

-- rename column order."two words" to "from'"
-- hazard: breaks-old-code: programs from before use order.two words
ALTER TABLE "order" RENAME COLUMN "two words" TO "from'";

-- order.Straße: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to order.Straße
-- hazard: table-rewrite: every row of order is written again
CREATE TABLE "enamel_next_order" (
    "index" INTEGER NOT NULL PRIMARY KEY,
    "a""b" BIGINT NOT NULL,
    "to" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "Straße" TEXT NOT NULL,
    "from'" BIGINT,
    UNIQUE ("to", "a""b"),
    FOREIGN KEY ("from'") REFERENCES "order" ("index"),
    CHECK ("group" <> '')
);

INSERT INTO "enamel_next_order" (
    "index",
    "a""b",
    "to",
    "group",
    "Straße",
    "from'"
)
SELECT
    "index",
    "a""b",
    "to",
    "group",
    COALESCE("Straße", 'nowhere'),
    "from'"
FROM "order"
ORDER BY rowid;

DROP TABLE "order";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_order" RENAME TO "order";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "select" ON "order" ("group");
