-- enamel: rename users.surname=last_name
-- enamel: rename users.code=number

-- rename column users.code to number
-- hazard: breaks-old-code: programs from before use users.code
ALTER TABLE "users" RENAME COLUMN "code" TO "number";

-- rename column users.surname to last_name
-- hazard: breaks-old-code: programs from before use users.surname
ALTER TABLE "users" RENAME COLUMN "surname" TO "last_name";
