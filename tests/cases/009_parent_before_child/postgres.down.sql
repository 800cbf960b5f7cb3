
-- drop table books
-- hazard: data-loss: the rows of books are gone
DROP TABLE "books";

-- drop table shelves
-- hazard: data-loss: the rows of shelves are gone
DROP TABLE "shelves";

-- drop table rooms
-- hazard: data-loss: the rows of rooms are gone
DROP TABLE "rooms";
