-- enamel: rebuild users

-- rename column users.postal_code to zip
ALTER TABLE "users" RENAME COLUMN "postal_code" TO "zip";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.zip that would be other numbers when read back from text
SELECT "id", "zip"
FROM "users"
WHERE typeof("zip") = 'real' AND CAST(CAST("zip" AS TEXT) AS REAL) <> "zip";

-- users.zip: type INTEGER becomes TEXT
-- hazard: data-loss: the conversion of users.zip has no way back; it only casts
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "zip" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "zip"
)
SELECT
    "id",
    CAST("zip" AS TEXT)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
