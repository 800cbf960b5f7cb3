-- when authors died
-- enamel: keeps-old-code

-- add column authors.died DATE
ALTER TABLE "authors" ADD COLUMN "died" DATE;
