
-- drop unique users(name) nulls not distinct
ALTER TABLE "users" DROP CONSTRAINT "uq_users_name";
