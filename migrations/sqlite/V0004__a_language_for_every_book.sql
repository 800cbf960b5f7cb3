-- a language for every book
-- enamel: backfill books.language='en'
-- enamel: rebuild books
-- enamel: breaks-old-code

-- add column books.language TEXT NOT NULL
-- hazard: breaks-old-code: programs from before insert into books without language
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "isbn" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher_id" BIGINT NOT NULL,
    "category_id" BIGINT,
    "price_cents" BIGINT NOT NULL,
    "published_on" DATE,
    "language" TEXT NOT NULL,
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
    "published_on",
    "language"
)
SELECT
    "id",
    "isbn",
    "title",
    "publisher_id",
    "category_id",
    "price_cents",
    "published_on",
    'en'
FROM "books"
ORDER BY rowid;

DROP TABLE "books";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_books" RENAME TO "books";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_books_publisher_id" ON "books" ("publisher_id");

CREATE INDEX "ix_books_category_id" ON "books" ("category_id");
