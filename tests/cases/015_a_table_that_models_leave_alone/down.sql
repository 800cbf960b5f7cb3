
-- drop column users.age
-- hazard: data-loss: the values of users.age are gone
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "age";
