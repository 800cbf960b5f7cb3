-- enamel: keeps-old-code

-- create table books
CREATE TABLE "books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "price" BIGINT NOT NULL,
    CONSTRAINT "price_not_negative" CHECK (price >= 0)
);
