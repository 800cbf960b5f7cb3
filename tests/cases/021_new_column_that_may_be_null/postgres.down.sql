
-- drop column users.nickname
-- hazard: data-loss: the values of users.nickname are gone
ALTER TABLE "users" DROP COLUMN "nickname";
