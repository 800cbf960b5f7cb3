
-- drop column users.email
-- hazard: data-loss: the values of users.email are gone
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "email";
