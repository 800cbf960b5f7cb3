
-- drop column users.age
-- hazard: data-loss: the values of users.age are gone
ALTER TABLE "users" DROP COLUMN "age";
