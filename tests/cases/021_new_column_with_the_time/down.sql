
-- drop column users.born
-- hazard: data-loss: the values of users.born are gone
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "born";
