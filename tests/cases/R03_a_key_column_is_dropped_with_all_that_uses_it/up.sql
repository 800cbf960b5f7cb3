-- enamel: drop stock.shelf
-- enamel: rebuild stock

-- drop index ix_stock_shelf_amount on stock
DROP INDEX "ix_stock_shelf_amount";

-- hazard: validation-scan: every row of stock is looked at
-- enamel: must be empty: rows of stock that have the same shop and book as another
SELECT "shop", "book", "shelf"
FROM "stock"
WHERE ("shop", "book") IN (
    SELECT "shop", "book"
    FROM "stock"
    GROUP BY 1, 2
    HAVING count(*) > 1
);

-- drop check on stock: shelf <> ''
-- drop column stock.shelf
-- stock: primary key (shop, book, shelf) becomes (shop, book)
-- add index ix_stock_amount on stock(amount)
-- hazard: data-loss: the values of stock.shelf are gone
-- hazard: breaks-old-code: programs from before use stock.shelf; know another key of stock
-- hazard: table-rewrite: every row of stock is written again
CREATE TABLE "enamel_next_stock" (
    "shop" BIGINT NOT NULL,
    "book" BIGINT NOT NULL,
    "amount" INTEGER NOT NULL,
    PRIMARY KEY ("shop", "book")
);

INSERT INTO "enamel_next_stock" (
    rowid,
    "shop",
    "book",
    "amount"
)
SELECT
    rowid,
    "shop",
    "book",
    "amount"
FROM "stock"
ORDER BY rowid;

DROP TABLE "stock";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_stock" RENAME TO "stock";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_stock_amount" ON "stock" ("amount");
