
-- hazard: validation-scan: every row of books is looked at
-- enamel: must be empty: rows of books whose shelf_id is not in shelfs
SELECT "id", "shelf_id"
FROM "books"
WHERE "shelf_id" IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "shelfs" AS "enamel_parent"
    WHERE "enamel_parent"."id" = "books"."shelf_id"
);

-- add foreign key books(shelf_id) to shelfs(id)
-- hazard: breaks-old-code: programs from before may write to books what is refused from now on
-- hazard: long-lock: writers of books and shelfs wait meanwhile
-- hazard: validation-scan: every row of books is looked at
ALTER TABLE "books" ADD CONSTRAINT "fk_books_shelf_id" FOREIGN KEY ("shelf_id") REFERENCES "shelfs" ("id");
