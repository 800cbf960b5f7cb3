
-- drop unique users(x, y)
ALTER TABLE "users" DROP CONSTRAINT "uq_users_x_y";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that have the same x as another
SELECT "id", "x"
FROM "users"
WHERE "x" IN (
    SELECT "x"
    FROM "users"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique users(x)
-- hazard: long-lock: readers and writers of users wait while every row is sorted
ALTER TABLE "users" ADD CONSTRAINT "uq_users_x" UNIQUE ("x");
