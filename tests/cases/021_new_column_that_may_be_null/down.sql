
-- drop column users.nickname
-- hazard: data-loss: the values of users.nickname are gone
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "nickname";
