
-- drop unique users(x)
-- hazard: breaks-old-code: programs from before may insert into users with ON CONFLICT over these columns
ALTER TABLE "users" DROP CONSTRAINT "uq_users_x";

-- add unique users(x, y)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: readers and writers of users wait while every row is sorted
ALTER TABLE "users" ADD CONSTRAINT "uq_users_x_y" UNIQUE ("x", "y");
