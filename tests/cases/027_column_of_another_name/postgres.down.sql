
-- drop column users."Post Code"
-- hazard: data-loss: the values of users.Post Code are gone
ALTER TABLE "users" DROP COLUMN "Post Code";
