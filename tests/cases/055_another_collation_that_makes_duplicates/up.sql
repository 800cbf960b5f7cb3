-- enamel: rebuild users
-- enamel: keeps-old-code

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that have the same email as another
SELECT "id", "email"
FROM "users"
WHERE "email" COLLATE NOCASE IN (
    SELECT "email" COLLATE NOCASE
    FROM "users"
    GROUP BY 1
    HAVING count(*) > 1
);

-- users.email: add collation NOCASE
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL COLLATE NOCASE,
    UNIQUE ("email")
);

INSERT INTO "enamel_next_users" (
    "id",
    "email"
)
SELECT
    "id",
    "email"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
