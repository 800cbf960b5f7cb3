-- keep prices in cents
-- enamel: rebuild books
-- enamel: breaks-old-code

-- rename column books.price_cents to price
-- hazard: breaks-old-code: programs from before use books.price_cents
ALTER TABLE "books" RENAME COLUMN "price_cents" TO "price";

-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: values of books.price that no floating-point number equals
SELECT "id", "price"
FROM "books"
WHERE CAST(CAST("price" AS REAL) AS INTEGER) <> "price";

-- drop check on books: price >= 0
-- books.price: type BIGINT becomes DOUBLE
-- hazard: breaks-old-code: programs from before know books.price as it was
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "isbn" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher_id" BIGINT NOT NULL,
    "category_id" BIGINT,
    "price" DOUBLE NOT NULL,
    "published_on" DATE,
    UNIQUE ("isbn"),
    FOREIGN KEY ("publisher_id") REFERENCES "publishers" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("category_id") REFERENCES "categories" ("id") ON DELETE SET NULL,
    CHECK (length(isbn) IN (10, 13))
);

INSERT INTO "enamel_next_books" (
    "id",
    "isbn",
    "title",
    "publisher_id",
    "category_id",
    "price",
    "published_on"
)
SELECT
    "id",
    "isbn",
    "title",
    "publisher_id",
    "category_id",
    CAST("price" AS REAL),
    "published_on"
FROM "books"
ORDER BY rowid;

DROP TABLE "books";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_books" RENAME TO "books";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_books_publisher_id" ON "books" ("publisher_id");

CREATE INDEX "ix_books_category_id" ON "books" ("category_id");
