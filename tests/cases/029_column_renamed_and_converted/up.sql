-- enamel: rename users.zip=postal_code
-- enamel: convert users.postal_code=CAST(trim(zip) AS INTEGER)
-- enamel: rebuild users

-- rename column users.zip to postal_code
-- hazard: breaks-old-code: programs from before use users.zip
ALTER TABLE "users" RENAME COLUMN "zip" TO "postal_code";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.postal_code that are not from -2147483648 to 2147483647
SELECT "id", "postal_code"
FROM "users"
WHERE CAST(trim(postal_code) AS INTEGER) NOT BETWEEN -2147483648 AND 2147483647;

-- enamel: must be empty: rows of users that get no value for postal_code
SELECT "id", "postal_code"
FROM "users"
WHERE CAST(trim(postal_code) AS INTEGER) IS NULL;

-- users.postal_code: type TEXT becomes INTEGER
-- hazard: breaks-old-code: programs from before know users.postal_code as it was
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "postal_code" INTEGER NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "postal_code"
)
SELECT
    "id",
    CAST(trim(postal_code) AS INTEGER)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
