
-- drop check on users: size > length(name)
ALTER TABLE "users" DROP CONSTRAINT "ck_users_name_size";

-- drop column users.size
-- hazard: data-loss: the values of users.size are gone
ALTER TABLE "users" DROP COLUMN "size";
