-- enamel: rebuild books

-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: rows of books whose shelf_id is not in shelfs
SELECT "id", "shelf_id"
FROM "books"
WHERE "shelf_id" IS NOT NULL
  AND "shelf_id" NOT IN (
    SELECT "id"
    FROM "shelfs"
);

-- add foreign key books(shelf_id) to shelfs(id)
-- hazard: breaks-old-code: programs from before may write to books what is refused from now on
-- hazard: table-rewrite: every row of books is written again
CREATE TABLE "enamel_next_books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "shelf_id" BIGINT,
    FOREIGN KEY ("shelf_id") REFERENCES "shelfs" ("id")
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
