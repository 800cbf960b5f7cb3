-- when authors died
-- enamel: keeps-old-code

-- add column authors.died date
ALTER TABLE "authors" ADD COLUMN "died" date;
