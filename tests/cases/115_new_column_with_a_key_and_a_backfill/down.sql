-- enamel: rebuild users

-- drop foreign key users(tenant_id) to tenants(id)
-- drop column users.tenant_id
-- hazard: data-loss: the values of users.tenant_id are gone
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY
);

INSERT INTO "enamel_next_users" (
    "id"
)
SELECT
    "id"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
