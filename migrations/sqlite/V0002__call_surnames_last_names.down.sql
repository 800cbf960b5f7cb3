-- call surnames last names
-- enamel: breaks-old-code

-- rename column authors.last_name to surname
-- hazard: breaks-old-code: programs from before use authors.last_name
ALTER TABLE "authors" RENAME COLUMN "last_name" TO "surname";
