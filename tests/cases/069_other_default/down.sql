-- enamel: rebuild users

-- users.age: default 20 becomes 15
-- users.size: default (1 + 2) becomes (1 + 1)
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" INTEGER NOT NULL DEFAULT 15,
    "size" INTEGER NOT NULL DEFAULT (1 + 1)
);

INSERT INTO "enamel_next_users" (
    "id",
    "age",
    "size"
)
SELECT
    "id",
    "age",
    "size"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
