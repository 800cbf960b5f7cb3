
-- rename column users.last_name to surname
ALTER TABLE "users" RENAME COLUMN "last_name" TO "surname";

-- rename column users.number to code
ALTER TABLE "users" RENAME COLUMN "number" TO "code";
