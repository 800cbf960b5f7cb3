-- enamel: convert users.email=lower(email)

-- drop check on users: length(email) > 2
ALTER TABLE "users" DROP CONSTRAINT "ck_users_email";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for email
SELECT "id", "email"
FROM "users"
WHERE (lower(email)) IS NULL;

-- enamel: must be empty: rows of users that have the same email as another
SELECT "id", "email"
FROM "users"
WHERE (lower(email)) IN (
    SELECT (lower(email))
    FROM "users"
    GROUP BY 1
    HAVING count(*) > 1
);

-- users.email: type text becomes varchar
-- hazard: breaks-old-code: programs from before know users.email as it was
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "email" TYPE varchar USING lower(email);

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check length(email) > 2
SELECT "id", "email"
FROM "users"
WHERE NOT (length(email) > 2);

-- add check on users: length(email) > 2
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_email" CHECK (length(email) > 2);
