-- keep prices in cents
-- enamel: rename books.price=price_cents
-- enamel: convert books.price_cents=CAST(round(price * 100) AS INTEGER)
-- enamel: rebuild books
-- enamel: breaks-old-code

-- rename column books.price to price_cents
-- hazard: breaks-old-code: programs from before use books.price
ALTER TABLE "books" RENAME COLUMN "price" TO "price_cents";

-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: rows of books that break the check price_cents >= 0
SELECT "id", "price_cents"
FROM "books"
WHERE NOT ((CAST(round(price_cents * 100) AS INTEGER)) >= 0);

-- books.price_cents: type DOUBLE becomes BIGINT
-- add check on books: price_cents >= 0
-- hazard: breaks-old-code: programs from before know books.price_cents as it was
-- hazard: breaks-old-code: programs from before may write to books what is refused from now on
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "isbn" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher_id" BIGINT NOT NULL,
    "category_id" BIGINT,
    "price_cents" BIGINT NOT NULL,
    "published_on" DATE,
    UNIQUE ("isbn"),
    FOREIGN KEY ("publisher_id") REFERENCES "publishers" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("category_id") REFERENCES "categories" ("id") ON DELETE SET NULL,
    CHECK (length(isbn) IN (10, 13)),
    CHECK (price_cents >= 0)
);

INSERT INTO "enamel_next_books" (
    "id",
    "isbn",
    "title",
    "publisher_id",
    "category_id",
    "price_cents",
    "published_on"
)
SELECT
    "id",
    "isbn",
    "title",
    "publisher_id",
    "category_id",
    CAST(round(price_cents * 100) AS INTEGER),
    "published_on"
FROM "books"
ORDER BY rowid;

DROP TABLE "books";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_books" RENAME TO "books";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_books_publisher_id" ON "books" ("publisher_id");

CREATE INDEX "ix_books_category_id" ON "books" ("category_id");
