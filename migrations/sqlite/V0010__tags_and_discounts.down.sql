-- tags and discounts

-- drop column publishers.discount
-- hazard: data-loss: the values of publishers.discount are gone
-- hazard: breaks-old-code: programs from before use publishers.discount
-- hazard: table-rewrite: every row of publishers is written again
ALTER TABLE "publishers" DROP COLUMN "discount";

-- drop column books.tags
-- hazard: data-loss: the values of books.tags are gone
-- hazard: breaks-old-code: programs from before use books.tags
-- hazard: table-rewrite: every row of books is written again
ALTER TABLE "books" DROP COLUMN "tags";
