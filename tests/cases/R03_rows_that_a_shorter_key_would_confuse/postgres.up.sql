-- enamel: drop stock.shelf

ALTER TABLE "stock" DROP CONSTRAINT "stock_pkey";

-- drop column stock.shelf
-- hazard: data-loss: the values of stock.shelf are gone
-- hazard: breaks-old-code: programs from before use stock.shelf
ALTER TABLE "stock" DROP COLUMN "shelf";

-- hazard: validation-scan: every row of stock is looked at
-- enamel: must be empty: rows of stock that have the same shop and book as another
SELECT "shop", "book"
FROM "stock"
WHERE ("shop", "book") IN (
    SELECT "shop", "book"
    FROM "stock"
    GROUP BY 1, 2
    HAVING count(*) > 1
);

-- stock: primary key (shop, book, shelf) becomes (shop, book)
-- hazard: breaks-old-code: programs from before know another key of stock
-- hazard: long-lock: readers and writers of stock wait while every row is sorted
ALTER TABLE "stock" ADD CONSTRAINT "stock_pkey" PRIMARY KEY ("shop", "book");
