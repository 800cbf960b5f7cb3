
-- drop column users.role
-- hazard: data-loss: the values of users.role are gone
ALTER TABLE "users" DROP COLUMN "role";

-- drop column users.backup
-- hazard: data-loss: the values of users.backup are gone
ALTER TABLE "users" DROP COLUMN "backup";

-- drop enum role
DROP TYPE "role";
