
-- drop table books
-- hazard: data-loss: the rows of books are gone
-- hazard: breaks-old-code: programs from before use books
DROP TABLE "books";
