-- enamel: rebuild users

-- users.id: type INTEGER becomes BIGINT; drop counting up
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    rowid,
    "id",
    "name"
)
SELECT
    rowid,
    "id",
    "name"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
