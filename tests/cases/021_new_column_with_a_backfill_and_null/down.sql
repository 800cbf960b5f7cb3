
-- drop column users.size
-- hazard: data-loss: the values of users.size are gone
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "size";
