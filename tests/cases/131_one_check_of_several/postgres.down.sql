
-- drop check on users: x < y OR y < x
ALTER TABLE "users" DROP CONSTRAINT "ck_users_x_y";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check x > 0
SELECT "id", "x"
FROM "users"
WHERE NOT (x > 0);

-- add check on users: x > 0
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_x" CHECK (x > 0);
