
-- drop check on books: price >= 0
ALTER TABLE "books" DROP CONSTRAINT "ck_books_price";

-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: values of books.price that are not whole numbers
SELECT "id", "price"
FROM "books"
WHERE "price" <> trunc("price") OR "price" NOT BETWEEN -9223372036854775808 AND 9223372036854775807;

-- books.price: type double precision becomes bigint
-- hazard: table-rewrite: every row of books is written again
-- hazard: long-lock: readers and writers of books wait meanwhile
ALTER TABLE "books" ALTER COLUMN "price" TYPE bigint;

-- add check on books: price >= 0
-- hazard: long-lock: readers and writers of books wait meanwhile
-- hazard: validation-scan: every row of books is looked at
ALTER TABLE "books" ADD CONSTRAINT "ck_books_price" CHECK (price >= 0);
