-- enamel: backfill users.email=lower(name) || '@example.org'
-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for email
SELECT *
FROM "users"
WHERE (lower(name) || '@example.org') IS NULL;

-- add column users.email TEXT NOT NULL
-- hazard: breaks-old-code: programs from before insert into users without email
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "name",
    "email"
)
SELECT
    "id",
    "name",
    lower(name) || '@example.org'
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
