-- enamel: drop table books
-- enamel: drop table rooms
-- enamel: drop table shelves

-- drop table books
-- hazard: data-loss: the rows of books are gone
-- hazard: breaks-old-code: programs from before use books
DROP TABLE "books";

-- drop table shelves
-- hazard: data-loss: the rows of shelves are gone
-- hazard: breaks-old-code: programs from before use shelves
DROP TABLE "shelves";

-- drop table rooms
-- hazard: data-loss: the rows of rooms are gone
-- hazard: breaks-old-code: programs from before use rooms
DROP TABLE "rooms";
