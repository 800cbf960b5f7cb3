-- enamel: rebuild books

-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: values of books.price that are not whole numbers
SELECT "id", "price"
FROM "books"
WHERE CAST("price" AS INTEGER) <> "price";

-- books.price: type DOUBLE becomes BIGINT
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "author_id" BIGINT NOT NULL,
    "isbn" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "price" BIGINT NOT NULL,
    "pages" INTEGER NOT NULL,
    UNIQUE ("author_id", "title"),
    UNIQUE ("isbn"),
    FOREIGN KEY ("author_id") REFERENCES "authors" ("id") ON DELETE CASCADE,
    CHECK (price >= 0),
    CHECK (pages > 0),
    CHECK (length(title) > 0)
);

INSERT INTO "enamel_next_books" (
    "id",
    "author_id",
    "isbn",
    "title",
    "price",
    "pages"
)
SELECT
    "id",
    "author_id",
    "isbn",
    "title",
    CAST("price" AS INTEGER),
    "pages"
FROM "books"
ORDER BY rowid;

DROP TABLE "books";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_books" RENAME TO "books";

PRAGMA legacy_alter_table = OFF;
