
-- drop foreign key books(shelf_id) to shelfs(id)
ALTER TABLE "books" DROP CONSTRAINT "fk_books_shelf_id";
