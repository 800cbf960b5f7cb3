-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that have the same x as another
SELECT "id", "x"
FROM "users"
WHERE "x" IN (
    SELECT "x"
    FROM "users"
    GROUP BY 1
    HAVING count(*) > 1
);

-- drop unique users(x, y)
-- add unique users(x)
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    UNIQUE ("x")
);

INSERT INTO "enamel_next_users" (
    "id",
    "x",
    "y"
)
SELECT
    "id",
    "x",
    "y"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
