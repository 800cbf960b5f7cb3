-- enamel: keeps-old-code

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check age > 0
SELECT *
FROM "users"
WHERE NOT (0 > 0);

-- add column users.age INTEGER NOT NULL DEFAULT 0
-- add check on users: age > 0
ALTER TABLE "users" ADD COLUMN "age" INTEGER NOT NULL DEFAULT 0 CHECK (age > 0);
