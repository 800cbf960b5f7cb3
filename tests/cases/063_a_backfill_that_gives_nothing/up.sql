-- enamel: backfill users.search=lower(name)
-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for search
SELECT *
FROM "users"
WHERE lower(name) IS NULL;

-- add column users.search TEXT NOT NULL
-- hazard: breaks-old-code: programs from before insert into users without search
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT,
    "search" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "name",
    "search"
)
SELECT
    "id",
    "name",
    lower(name)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
