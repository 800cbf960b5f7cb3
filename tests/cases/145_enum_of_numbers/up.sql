-- enamel: rebuild users

-- drop check on users: "level" IN (10, 20)
-- users.level: default 10 becomes 20
-- add check on users: "level" IN (10, 20, 30)
-- hazard: breaks-old-code: programs from before may read a value of users.level that they do not know
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" INTEGER NOT NULL DEFAULT 20,
    CHECK ("level" IN (10, 20, 30))
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
