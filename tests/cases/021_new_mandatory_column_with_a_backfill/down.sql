
-- drop column users.email
-- hazard: data-loss: the values of users.email are gone
-- hazard: breaks-old-code: programs from before use users.email
-- hazard: table-rewrite: every row of users is written again
ALTER TABLE "users" DROP COLUMN "email";
