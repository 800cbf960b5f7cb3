
-- drop column users."Post Code"
-- hazard: data-loss: the values of users.Post Code are gone
-- hazard: breaks-old-code: programs from before use users.Post Code
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "Post Code";
