
-- drop index ix_users_name on users
DROP INDEX "ix_users_name";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that have the same name as another
SELECT "id", "name"
FROM "users"
WHERE "name" IN (
    SELECT "name"
    FROM "users"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique one_name on users(name)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: readers and writers of users wait while every row is sorted
ALTER TABLE "users" ADD CONSTRAINT "one_name" UNIQUE ("name");
