
-- drop check on users: motto <> ''
ALTER TABLE "users" DROP CONSTRAINT "ck_users_motto";

-- drop column users.active
-- hazard: data-loss: the values of users.active are gone
ALTER TABLE "users" DROP COLUMN "active";

-- drop column users.motto
-- hazard: data-loss: the values of users.motto are gone
ALTER TABLE "users" DROP COLUMN "motto";

-- drop column users.score
-- hazard: data-loss: the values of users.score are gone
ALTER TABLE "users" DROP COLUMN "score";
