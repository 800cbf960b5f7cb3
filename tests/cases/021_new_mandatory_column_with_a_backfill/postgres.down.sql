
-- drop column users.email
-- hazard: data-loss: the values of users.email are gone
ALTER TABLE "users" DROP COLUMN "email";
