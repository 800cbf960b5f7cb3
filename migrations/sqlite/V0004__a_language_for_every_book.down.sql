-- a language for every book
-- enamel: breaks-old-code

-- drop column books.language
-- hazard: data-loss: the values of books.language are gone
-- hazard: breaks-old-code: programs from before use books.language
-- hazard: table-rewrite: every row of books is written again
ALTER TABLE "books" DROP COLUMN "language";
