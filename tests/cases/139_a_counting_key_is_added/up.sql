-- enamel: rebuild users

-- add column users.id INTEGER NOT NULL counting up
-- add primary key users(id)
-- hazard: breaks-old-code: programs from before know another key of users
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
    rowid,
    "name"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
