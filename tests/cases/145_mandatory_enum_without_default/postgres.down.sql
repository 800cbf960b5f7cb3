
-- drop column users.role
-- hazard: data-loss: the values of users.role are gone
ALTER TABLE "users" DROP COLUMN "role";

-- drop enum role
DROP TYPE "role";
