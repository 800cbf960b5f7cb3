-- when authors died

-- drop column authors.died
-- hazard: data-loss: the values of authors.died are gone
ALTER TABLE "authors" DROP COLUMN "died";
