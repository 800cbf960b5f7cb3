
-- drop check on users: x > 0
ALTER TABLE "users" DROP CONSTRAINT "ck_users_x";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check x < y OR y < x
SELECT "id", "x", "y"
FROM "users"
WHERE NOT (x < y OR y < x);

-- add check on users: x < y OR y < x
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_x_y" CHECK (x < y OR y < x);
