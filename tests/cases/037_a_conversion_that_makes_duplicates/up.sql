-- enamel: convert users.email=lower(email)
-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for email
SELECT "id", "email"
FROM "users"
WHERE lower(email) IS NULL;

-- enamel: must be empty: rows of users that have the same email as another
SELECT "id", "email"
FROM "users"
WHERE lower(email) IN (
    SELECT lower(email)
    FROM "users"
    GROUP BY 1
    HAVING count(*) > 1
);

-- enamel: must be empty: rows of users that break the check length(email) > 2
SELECT "id", "email"
FROM "users"
WHERE NOT (length(CAST(lower(email) AS TEXT)) > 2);

-- users.email: type TEXT becomes VARCHAR
-- hazard: breaks-old-code: programs from before know users.email as it was
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" VARCHAR NOT NULL,
    UNIQUE ("email"),
    CHECK (length(email) > 2)
);

INSERT INTO "enamel_next_users" (
    "id",
    "email"
)
SELECT
    "id",
    lower(email)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
