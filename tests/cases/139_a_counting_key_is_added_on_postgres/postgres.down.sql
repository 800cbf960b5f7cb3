
-- drop primary key users(id)
ALTER TABLE "users" DROP CONSTRAINT "users_pkey";

-- drop column users.id
-- hazard: data-loss: the values of users.id are gone
ALTER TABLE "users" DROP COLUMN "id";
