-- open the shop
-- enamel: keeps-old-code

-- create table authors
CREATE TABLE "authors" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "first_name" TEXT NOT NULL,
    "surname" TEXT NOT NULL,
    "born" DATE
);

-- add index ix_authors_surname_first_name on authors(surname, first_name)
CREATE INDEX "ix_authors_surname_first_name" ON "authors" ("surname", "first_name");

-- create table publishers
CREATE TABLE "publishers" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "city" TEXT,
    UNIQUE ("name")
);

-- create table categories
CREATE TABLE "categories" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "parent_id" BIGINT,
    "name" TEXT NOT NULL,
    UNIQUE ("parent_id", "name"),
    FOREIGN KEY ("parent_id") REFERENCES "categories" ("id") ON DELETE CASCADE,
    CONSTRAINT "category_is_not_its_own_parent" CHECK (parent_id <> id)
);

-- create table books
CREATE TABLE "books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "isbn" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher_id" BIGINT NOT NULL,
    "category_id" BIGINT,
    "price" DOUBLE NOT NULL,
    "published_on" DATE,
    UNIQUE ("isbn"),
    FOREIGN KEY ("publisher_id") REFERENCES "publishers" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("category_id") REFERENCES "categories" ("id") ON DELETE SET NULL,
    CHECK (length(isbn) IN (10, 13))
);

-- add index ix_books_publisher_id on books(publisher_id)
CREATE INDEX "ix_books_publisher_id" ON "books" ("publisher_id");

-- add index ix_books_category_id on books(category_id)
CREATE INDEX "ix_books_category_id" ON "books" ("category_id");

-- create table book_authors
CREATE TABLE "book_authors" (
    "book_id" BIGINT NOT NULL,
    "author_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY ("book_id", "author_id"),
    FOREIGN KEY ("book_id") REFERENCES "books" ("id") ON DELETE CASCADE,
    FOREIGN KEY ("author_id") REFERENCES "authors" ("id") ON DELETE RESTRICT,
    CHECK (position > 0)
);

-- add index ix_book_authors_author_id on book_authors(author_id)
CREATE INDEX "ix_book_authors_author_id" ON "book_authors" ("author_id");

-- create table customers
CREATE TABLE "customers" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "street" TEXT,
    "city" TEXT,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE ("email")
);

-- create table orders
CREATE TABLE "orders" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "customer_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "placed_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON DELETE CASCADE,
    CHECK ("state" IN ('open', 'paid', 'shipped'))
);

-- add index ix_orders_customer_id_placed_at on orders(customer_id, placed_at desc)
CREATE INDEX "ix_orders_customer_id_placed_at" ON "orders" ("customer_id", "placed_at" DESC);

-- add index ix_orders_open on orders(placed_at) where state = 'open'
CREATE INDEX "ix_orders_open" ON "orders" ("placed_at")
WHERE state = 'open';

-- create table order_lines
CREATE TABLE "order_lines" (
    "order_id" BIGINT NOT NULL,
    "book_id" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY ("order_id", "book_id"),
    FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE CASCADE,
    FOREIGN KEY ("book_id") REFERENCES "books" ("id") ON DELETE RESTRICT,
    CHECK (quantity > 0)
);

-- add index ix_order_lines_book_id on order_lines(book_id)
CREATE INDEX "ix_order_lines_book_id" ON "order_lines" ("book_id");
