-- enamel: rename users.zip=postal_code
-- enamel: convert users.postal_code=CAST(trim(zip) AS INTEGER)

-- rename column users.zip to postal_code
-- hazard: breaks-old-code: programs from before use users.zip
ALTER TABLE "users" RENAME COLUMN "zip" TO "postal_code";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for postal_code
SELECT "id", "postal_code"
FROM "users"
WHERE (CAST(trim(postal_code) AS INTEGER)) IS NULL;

-- users.postal_code: type text becomes integer
-- hazard: breaks-old-code: programs from before know users.postal_code as it was
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "postal_code" TYPE integer USING CAST(trim(postal_code) AS INTEGER);
