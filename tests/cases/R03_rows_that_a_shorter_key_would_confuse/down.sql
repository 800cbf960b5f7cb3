-- enamel: rebuild stock

-- add column stock.shelf TEXT NOT NULL
-- stock: primary key (shop, book) becomes (shop, book, shelf)
-- hazard: data-loss: what stock.shelf held does not come back
-- hazard: table-rewrite: every row of stock is written again
CREATE TABLE "enamel_next_stock" (
    "shop" BIGINT NOT NULL,
    "book" BIGINT NOT NULL,
    "shelf" TEXT NOT NULL,
    PRIMARY KEY ("shop", "book", "shelf")
);

INSERT INTO "enamel_next_stock" (
    rowid,
    "shop",
    "book",
    "shelf"
)
SELECT
    rowid,
    "shop",
    "book",
    ''
FROM "stock"
ORDER BY rowid;

DROP TABLE "stock";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_stock" RENAME TO "stock";

PRAGMA legacy_alter_table = OFF;
