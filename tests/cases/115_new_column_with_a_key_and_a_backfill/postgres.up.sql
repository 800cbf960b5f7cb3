-- enamel: backfill users.tenant_id=id
-- enamel: keeps-old-code

-- add column users.tenant_id bigint
ALTER TABLE "users" ADD COLUMN "tenant_id" bigint;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "tenant_id" = id;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose tenant_id is not in tenants
SELECT "id", "tenant_id"
FROM "users"
WHERE "tenant_id" IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "tenants" AS "enamel_parent"
    WHERE "enamel_parent"."id" = "users"."tenant_id"
);

-- add foreign key users(tenant_id) to tenants(id)
-- hazard: long-lock: writers of users and tenants wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_tenant_id" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id");
