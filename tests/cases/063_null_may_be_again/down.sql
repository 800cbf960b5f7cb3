-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: NULLs in users.age
SELECT "id", "age"
FROM "users"
WHERE "age" IS NULL;

-- users.age: nullable becomes NOT NULL
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" INTEGER NOT NULL
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
