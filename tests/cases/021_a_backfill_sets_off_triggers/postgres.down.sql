
-- drop column users.size
-- hazard: data-loss: the values of users.size are gone
ALTER TABLE "users" DROP COLUMN "size";
