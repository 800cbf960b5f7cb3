
-- drop table books
-- hazard: data-loss: the rows of books are gone
DROP TABLE "books";
