
-- drop column users.born
-- hazard: data-loss: the values of users.born are gone
ALTER TABLE "users" DROP COLUMN "born";
