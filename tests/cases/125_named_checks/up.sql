-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check age >= 0
SELECT "id", "age"
FROM "users"
WHERE NOT (age >= 0);

-- add check age_not_negative on users: age >= 0
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" INTEGER NOT NULL,
    CONSTRAINT "age_not_negative" CHECK (age >= 0)
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
