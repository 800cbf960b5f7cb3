-- enamel: rebuild users

-- drop foreign key users(tenant) to tenants(code)
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "tenant" TEXT
);

INSERT INTO "enamel_next_users" (
    "id",
    "tenant"
)
SELECT
    "id",
    "tenant"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
