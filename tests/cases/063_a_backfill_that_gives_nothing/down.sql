
-- drop column users.search
-- hazard: data-loss: the values of users.search are gone
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "search";
