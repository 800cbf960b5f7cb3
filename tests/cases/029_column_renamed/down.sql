
-- rename column users.last_name to surname
-- hazard: breaks-old-code: programs from before use users.last_name
ALTER TABLE "users" RENAME COLUMN "last_name" TO "surname";

-- rename column users.number to code
-- hazard: breaks-old-code: programs from before use users.number
ALTER TABLE "users" RENAME COLUMN "number" TO "code";
