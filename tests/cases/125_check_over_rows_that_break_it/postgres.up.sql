
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check age >= 0
SELECT "id", "age"
FROM "users"
WHERE NOT (age >= 0);

-- add check on users: age >= 0
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_age" CHECK (age >= 0);
