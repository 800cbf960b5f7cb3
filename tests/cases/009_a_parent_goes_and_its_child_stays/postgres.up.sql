-- enamel: drop table shelves

-- drop foreign key books(shelf_id) to shelves(id) on delete cascade
-- hazard: breaks-old-code: programs from before expect rows of books to follow those of shelves
ALTER TABLE "books" DROP CONSTRAINT "fk_books_shelf_id";

-- drop table shelves
-- hazard: data-loss: the rows of shelves are gone
-- hazard: breaks-old-code: programs from before use shelves
DROP TABLE "shelves";
