-- open the shop
-- enamel: rebuild categories
-- enamel: breaks-old-code

-- drop index ix_order_lines_book_id on order_lines
-- drop table order_lines
-- hazard: data-loss: the rows of order_lines are gone
-- hazard: breaks-old-code: programs from before use order_lines
DROP TABLE "order_lines";

-- drop index ix_orders_customer_id_placed_at on orders
-- drop index ix_orders_open on orders
-- drop table orders
-- hazard: data-loss: the rows of orders are gone
-- hazard: breaks-old-code: programs from before use orders
DROP TABLE "orders";

-- drop table customers
-- hazard: data-loss: the rows of customers are gone
-- hazard: breaks-old-code: programs from before use customers
DROP TABLE "customers";

-- drop index ix_book_authors_author_id on book_authors
-- drop table book_authors
-- hazard: data-loss: the rows of book_authors are gone
-- hazard: breaks-old-code: programs from before use book_authors
DROP TABLE "book_authors";

-- drop index ix_books_publisher_id on books
-- drop index ix_books_category_id on books
-- drop table books
-- hazard: data-loss: the rows of books are gone
-- hazard: breaks-old-code: programs from before use books
DROP TABLE "books";

-- drop table categories
-- hazard: data-loss: the rows of categories are gone
-- hazard: breaks-old-code: programs from before use categories
DROP TABLE "categories";

-- drop table publishers
-- hazard: data-loss: the rows of publishers are gone
-- hazard: breaks-old-code: programs from before use publishers
DROP TABLE "publishers";

-- drop index ix_authors_surname_first_name on authors
-- drop table authors
-- hazard: data-loss: the rows of authors are gone
-- hazard: breaks-old-code: programs from before use authors
DROP TABLE "authors";
