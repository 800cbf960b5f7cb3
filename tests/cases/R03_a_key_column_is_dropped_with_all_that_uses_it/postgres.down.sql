
-- drop index ix_stock_amount on stock
DROP INDEX "ix_stock_amount";

ALTER TABLE "stock" DROP CONSTRAINT "stock_pkey";

-- add column stock.shelf text NOT NULL
-- hazard: data-loss: what stock.shelf held does not come back
ALTER TABLE "stock" ADD COLUMN "shelf" text NOT NULL DEFAULT '';

ALTER TABLE "stock" ALTER COLUMN "shelf" DROP DEFAULT;

-- stock: primary key (shop, book) becomes (shop, book, shelf)
-- hazard: long-lock: readers and writers of stock wait while every row is sorted
ALTER TABLE "stock" ADD CONSTRAINT "stock_pkey" PRIMARY KEY ("shop", "book", "shelf");

-- hazard: validation-scan: every row of stock is looked at
-- enamel: must be empty: rows of stock that break the check shelf <> ''
SELECT "shop", "book", "shelf"
FROM "stock"
WHERE NOT (shelf <> '');

-- add check on stock: shelf <> ''
-- hazard: long-lock: readers and writers of stock wait meanwhile
-- hazard: validation-scan: every row of stock is looked at
ALTER TABLE "stock" ADD CONSTRAINT "ck_stock_shelf" CHECK (shelf <> '');

-- add index ix_stock_shelf_amount on stock(shelf, amount)
-- hazard: long-lock: writers wait while every row of stock is sorted
CREATE INDEX "ix_stock_shelf_amount" ON "stock" ("shelf", "amount");
