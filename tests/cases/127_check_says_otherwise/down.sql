-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check x > 0
SELECT "id", "x"
FROM "users"
WHERE NOT (x > 0);

-- drop check sane on users: x > 0 AND y > 0
-- add check sane on users: x > 0
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    CONSTRAINT "sane" CHECK (x > 0)
);

INSERT INTO "enamel_next_users" (
    "id",
    "x",
    "y"
)
SELECT
    "id",
    "x",
    "y"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
