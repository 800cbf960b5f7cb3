
-- drop column users.age
-- hazard: data-loss: the values of users.age are gone
-- hazard: breaks-old-code: programs from before use users.age
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "age";
