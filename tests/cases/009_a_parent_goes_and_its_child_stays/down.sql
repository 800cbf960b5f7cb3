-- enamel: rebuild books

-- create table shelves
-- hazard: data-loss: the rows that shelves held do not come back
CREATE TABLE "shelves" (
    "id" INTEGER NOT NULL PRIMARY KEY
);

-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: rows of books whose shelf_id is not in shelves
SELECT "id", "shelf_id"
FROM "books"
WHERE "shelf_id" NOT IN (
    SELECT "id"
    FROM "shelves"
);

-- add foreign key books(shelf_id) to shelves(id) on delete cascade
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "shelf_id" BIGINT NOT NULL,
    FOREIGN KEY ("shelf_id") REFERENCES "shelves" ("id") ON DELETE CASCADE
);

INSERT INTO "enamel_next_books" (
    "id",
    "shelf_id"
)
SELECT
    "id",
    "shelf_id"
FROM "books"
ORDER BY rowid;

DROP TABLE "books";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_books" RENAME TO "books";

PRAGMA legacy_alter_table = OFF;
