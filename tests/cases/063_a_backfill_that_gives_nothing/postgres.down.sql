
-- drop column users.search
-- hazard: data-loss: the values of users.search are gone
ALTER TABLE "users" DROP COLUMN "search";
