-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.id that are not whole numbers
SELECT "id"
FROM "users"
WHERE typeof("id") NOT IN ('integer', 'null');

-- users.id: type BIGINT becomes INTEGER; add counting up
-- hazard: breaks-old-code: programs from before know users.id as it was
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "name"
)
SELECT
    "id",
    "name"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
