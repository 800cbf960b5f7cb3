-- find books by their title
-- enamel: keeps-old-code

-- add index ix_books_title on books(lower(title))
-- hazard: long-lock: writers wait while every row of books is sorted
CREATE INDEX "ix_books_title" ON "books" (lower(title));
