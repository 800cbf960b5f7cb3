-- enamel: rebuild users
-- enamel: keeps-old-code

-- drop foreign key users(tenant_id) to tenants(id)
-- add foreign key users(tenant_id) to tenants(id) initially deferred
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "tenant_id" BIGINT NOT NULL,
    FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") DEFERRABLE INITIALLY DEFERRED
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
