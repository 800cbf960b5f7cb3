-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.age that are not whole numbers
SELECT "id", "age"
FROM "users"
WHERE CAST(CAST("age" AS INTEGER) AS TEXT) <> "age";

-- users.age: type TEXT becomes BIGINT
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" BIGINT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "age"
)
SELECT
    "id",
    CAST("age" AS INTEGER)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
