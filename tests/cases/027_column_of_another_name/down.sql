
-- drop column users."Post Code"
-- hazard: data-loss: the values of users.Post Code are gone
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "Post Code";
