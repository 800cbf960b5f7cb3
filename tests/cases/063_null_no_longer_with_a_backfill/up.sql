-- enamel: backfill users.age=id * 10
-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for age
SELECT "id", "age"
FROM "users"
WHERE COALESCE("age", id * 10) IS NULL;

-- users.age: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to users.age
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
    COALESCE("age", id * 10)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
