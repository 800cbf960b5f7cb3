-- enamel: rebuild books

-- drop foreign key books(shelf_id) to shelfs(id)
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "shelf_id" BIGINT
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
