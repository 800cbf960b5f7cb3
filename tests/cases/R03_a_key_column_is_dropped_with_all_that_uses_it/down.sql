-- enamel: rebuild stock

-- drop index ix_stock_amount on stock
DROP INDEX "ix_stock_amount";

-- hazard: validation-scan: every row of stock is looked at
-- enamel: must be empty: rows of stock that break the check shelf <> ''
SELECT *
FROM "stock"
WHERE NOT ('' <> '');

-- add column stock.shelf TEXT NOT NULL
-- stock: primary key (shop, book) becomes (shop, book, shelf)
-- add index ix_stock_shelf_amount on stock(shelf, amount)
-- add check on stock: shelf <> ''
-- hazard: data-loss: what stock.shelf held does not come back
-- hazard: table-rewrite: every row of stock is written again
CREATE TABLE "enamel_next_stock" (
    "shop" BIGINT NOT NULL,
    "book" BIGINT NOT NULL,
    "shelf" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    PRIMARY KEY ("shop", "book", "shelf"),
    CHECK (shelf <> '')
);

INSERT INTO "enamel_next_stock" (
    rowid,
    "shop",
    "book",
    "shelf",
    "amount"
)
SELECT
    rowid,
    "shop",
    "book",
    '',
    "amount"
FROM "stock"
ORDER BY rowid;

DROP TABLE "stock";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_stock" RENAME TO "stock";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_stock_shelf_amount" ON "stock" ("shelf", "amount");
