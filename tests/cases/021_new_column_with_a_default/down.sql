-- enamel: rebuild users

-- drop check on users: motto <> ''
-- drop column users.active
-- drop column users.motto
-- drop column users.score
-- hazard: data-loss: the values of users.active are gone; the values of users.motto are gone; the values of users.score are gone
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
