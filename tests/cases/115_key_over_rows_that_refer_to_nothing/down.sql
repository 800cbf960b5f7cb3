-- enamel: rebuild users

-- drop foreign key users(tenant_id) to tenants(id)
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "tenant_id" BIGINT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "tenant_id"
)
SELECT
    "id",
    "tenant_id"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
