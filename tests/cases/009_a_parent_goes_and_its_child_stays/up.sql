-- enamel: drop table shelves
-- enamel: rebuild books

-- drop foreign key books(shelf_id) to shelves(id) on delete cascade
-- hazard: breaks-old-code: programs from before expect rows of books to follow those of shelves
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "shelf_id" BIGINT NOT NULL
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

-- drop table shelves
-- hazard: data-loss: the rows of shelves are gone
-- hazard: breaks-old-code: programs from before use shelves
DROP TABLE "shelves";
