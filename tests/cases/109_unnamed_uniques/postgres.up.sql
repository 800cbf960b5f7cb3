
-- drop unique users(x)
-- hazard: breaks-old-code: programs from before may insert into users with ON CONFLICT over these columns
ALTER TABLE "users" DROP CONSTRAINT "uq_users_x";
