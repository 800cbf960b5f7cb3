
-- enamel: must be empty: servers older than PostgreSQL 15, which know no NULLS NOT DISTINCT
SELECT current_setting('server_version') AS "version"
WHERE current_setting('server_version_num')::integer < 150000;

-- add unique users(name) nulls not distinct
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: readers and writers of users wait while every row is sorted
ALTER TABLE "users" ADD CONSTRAINT "uq_users_name" UNIQUE NULLS NOT DISTINCT ("name");
