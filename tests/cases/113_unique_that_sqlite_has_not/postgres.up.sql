
-- add unique users(name) nulls not distinct
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: readers and writers of users wait while every row is sorted
ALTER TABLE "users" ADD CONSTRAINT "uq_users_name" UNIQUE NULLS NOT DISTINCT ("name");
