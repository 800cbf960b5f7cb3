-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose level is none of 10, 20
SELECT "id", "level"
FROM "users"
WHERE NOT ("level" IN (10, 20));

-- drop check on users: "level" IN (10, 20, 30)
-- users.level: default 20 becomes 10
-- add check on users: "level" IN (10, 20)
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" INTEGER NOT NULL DEFAULT 10,
    CHECK ("level" IN (10, 20))
);

INSERT INTO "enamel_next_users" (
    "id",
    "level"
)
SELECT
    "id",
    "level"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
