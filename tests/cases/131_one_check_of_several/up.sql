-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check x < y OR y < x
SELECT "id", "x", "y"
FROM "users"
WHERE NOT (x < y OR y < x);

-- drop check on users: x > 0
-- add check on users: x < y OR y < x
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    CHECK (y > 0),
    CHECK (x < y OR y < x)
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
