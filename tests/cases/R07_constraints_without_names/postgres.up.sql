
-- drop check on books: price >= 0
ALTER TABLE "books" DROP CONSTRAINT "ck_books_price";

-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: values of books.price that no floating-point number equals
SELECT "id", "price"
FROM "books"
WHERE "price" NOT BETWEEN -9007199254740992 AND 9007199254740992;

-- books.price: type bigint becomes double precision
-- hazard: breaks-old-code: programs from before know books.price as it was
-- hazard: table-rewrite: every row of books is written again
-- hazard: long-lock: readers and writers of books wait meanwhile
ALTER TABLE "books" ALTER COLUMN "price" TYPE double precision;

-- add check on books: price >= 0
-- hazard: long-lock: readers and writers of books wait meanwhile
-- hazard: validation-scan: every row of books is looked at
ALTER TABLE "books" ADD CONSTRAINT "ck_books_price" CHECK (price >= 0);
