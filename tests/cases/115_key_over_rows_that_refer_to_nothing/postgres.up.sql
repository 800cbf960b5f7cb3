
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose tenant_id is not in tenants
SELECT "id", "tenant_id"
FROM "users"
WHERE NOT EXISTS (
    SELECT 1
    FROM "tenants" AS "enamel_parent"
    WHERE "enamel_parent"."id" = "users"."tenant_id"
);

-- add foreign key users(tenant_id) to tenants(id)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: writers of users and tenants wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_tenant_id" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id");
