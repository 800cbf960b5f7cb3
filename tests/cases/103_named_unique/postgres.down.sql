
-- drop unique one_name on users(name)
ALTER TABLE "users" DROP CONSTRAINT "one_name";
