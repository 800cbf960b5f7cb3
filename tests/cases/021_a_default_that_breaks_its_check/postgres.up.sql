-- enamel: keeps-old-code

-- add column users.age integer NOT NULL DEFAULT 0
ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL DEFAULT 0;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check age > 0
SELECT "id", "age"
FROM "users"
WHERE NOT (age > 0);

-- add check on users: age > 0
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_age" CHECK (age > 0);
