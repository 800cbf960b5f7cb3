-- when authors died

-- drop column authors.died
-- hazard: data-loss: the values of authors.died are gone
-- hazard: table-rewrite: every row of authors is written again
ALTER TABLE "authors" DROP COLUMN "died";
