
-- drop check on users: age > 0
ALTER TABLE "users" DROP CONSTRAINT "ck_users_age";

-- drop column users.age
-- hazard: data-loss: the values of users.age are gone
ALTER TABLE "users" DROP COLUMN "age";
