-- enamel: rebuild users

-- drop column users.id
-- drop primary key users(id)
-- hazard: data-loss: the values of users.id are gone
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "name" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    rowid,
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
