-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that have the same name as another
SELECT "id", "name"
FROM "users"
WHERE "name" IN (
    SELECT "name"
    FROM "users"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique one_name on users(name)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    CONSTRAINT "one_name" UNIQUE ("name")
);

INSERT INTO "enamel_next_users" (
    "id",
    "name"
)
SELECT
    "id",
    "name"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
