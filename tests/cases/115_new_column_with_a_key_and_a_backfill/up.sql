-- enamel: backfill users.tenant_id=id
-- enamel: keeps-old-code

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose tenant_id is not in tenants
SELECT *
FROM "users"
WHERE id IS NOT NULL
  AND id NOT IN (
    SELECT "id"
    FROM "tenants"
);

-- add column users.tenant_id BIGINT
-- add foreign key users(tenant_id) to tenants(id)
ALTER TABLE "users" ADD COLUMN "tenant_id" BIGINT REFERENCES "tenants" ("id");

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "tenant_id" = id;
