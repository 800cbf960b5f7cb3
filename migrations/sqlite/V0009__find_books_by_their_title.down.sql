-- find books by their title
-- enamel: keeps-old-code

-- drop index ix_books_title on books
DROP INDEX "ix_books_title";
