-- call surnames last names
-- enamel: rename authors.surname=last_name
-- enamel: breaks-old-code

-- rename column authors.surname to last_name
-- hazard: breaks-old-code: programs from before use authors.surname
ALTER TABLE "authors" RENAME COLUMN "surname" TO "last_name";
