-- enamel: drop table shelves

-- drop foreign key books(shelf_id) to shelves(id) on delete cascade
ALTER TABLE "books" DROP CONSTRAINT "fk_books_shelf_id";

-- drop table shelves
-- hazard: data-loss: the rows of shelves are gone
-- hazard: breaks-old-code: programs from before use shelves
DROP TABLE "shelves";
