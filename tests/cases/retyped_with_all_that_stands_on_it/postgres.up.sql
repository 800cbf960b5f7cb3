
-- drop foreign key books(shop) to shops(code) on delete cascade
ALTER TABLE "books" DROP CONSTRAINT "fk_books_shop";

-- drop check shop_small on books: shop < 1000
ALTER TABLE "books" DROP CONSTRAINT "shop_small";

-- drop index ix_books_twice on books
DROP INDEX "ix_books_twice";

-- drop index ix_price on books
DROP INDEX "ix_price";

-- drop index ix_next on books
DROP INDEX "ix_next";

-- shops.code: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know shops.code as it was
-- hazard: table-rewrite: every row of shops is written again
-- hazard: long-lock: readers and writers of shops wait meanwhile
ALTER TABLE "shops" ALTER COLUMN "code" TYPE bigint;

ALTER TABLE "books" DROP COLUMN "twice";

ALTER TABLE "books" ALTER COLUMN "shop" DROP DEFAULT;

-- books.shop: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know books.shop as it was
-- hazard: table-rewrite: every row of books is written again
-- hazard: long-lock: readers and writers of books wait meanwhile
ALTER TABLE "books" ALTER COLUMN "shop" TYPE bigint;

-- books.twice: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know books.twice as it was
-- hazard: table-rewrite: every row of books is written again
-- hazard: long-lock: readers and writers of books wait meanwhile
ALTER TABLE "books" ADD COLUMN "twice" bigint NOT NULL GENERATED ALWAYS AS (shop * 2) STORED;

ALTER TABLE "books" ALTER COLUMN "shop" SET DEFAULT 1;

-- add check shop_small on books: shop < 1000
-- hazard: long-lock: readers and writers of books wait meanwhile
-- hazard: validation-scan: every row of books is looked at
ALTER TABLE "books" ADD CONSTRAINT "shop_small" CHECK (shop < 1000);

-- add index ix_books_twice on books(twice)
-- hazard: long-lock: writers wait while every row of books is sorted
CREATE INDEX "ix_books_twice" ON "books" ("twice");

-- add index ix_price on books(price) where shop > 0
-- hazard: long-lock: writers wait while every row of books is sorted
CREATE INDEX "ix_price" ON "books" ("price")
WHERE shop > 0;

-- add index ix_next on books(shop + 1)
-- hazard: long-lock: writers wait while every row of books is sorted
CREATE INDEX "ix_next" ON "books" ((shop + 1));

-- add foreign key books(shop) to shops(code) on delete cascade
-- hazard: long-lock: writers of books and shops wait meanwhile
-- hazard: validation-scan: every row of books is looked at
ALTER TABLE "books" ADD CONSTRAINT "fk_books_shop" FOREIGN KEY ("shop") REFERENCES "shops" ("code") ON DELETE CASCADE;
