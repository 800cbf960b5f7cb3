-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.age that would be other numbers when read back from text
SELECT "id", "age"
FROM "users"
WHERE typeof("age") = 'real' AND CAST(CAST("age" AS TEXT) AS REAL) <> "age";

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
