
ALTER TABLE "stock" DROP CONSTRAINT "stock_pkey";

-- add column stock.shelf text NOT NULL
-- hazard: data-loss: what stock.shelf held does not come back
ALTER TABLE "stock" ADD COLUMN "shelf" text NOT NULL DEFAULT '';

ALTER TABLE "stock" ALTER COLUMN "shelf" DROP DEFAULT;

-- stock: primary key (shop, book) becomes (shop, book, shelf)
-- hazard: long-lock: readers and writers of stock wait while every row is sorted
ALTER TABLE "stock" ADD CONSTRAINT "stock_pkey" PRIMARY KEY ("shop", "book", "shelf");
