-- enamel: rebuild users

-- users.age: type BIGINT becomes TEXT
-- hazard: breaks-old-code: programs from before know users.age as it was
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "age"
)
SELECT
    "id",
    CAST("age" AS TEXT)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
