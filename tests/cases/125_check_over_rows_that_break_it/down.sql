-- enamel: rebuild users

-- drop check on users: age >= 0
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" INTEGER
);

INSERT INTO "enamel_next_users" (
    "id",
    "age"
)
SELECT
    "id",
    "age"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
