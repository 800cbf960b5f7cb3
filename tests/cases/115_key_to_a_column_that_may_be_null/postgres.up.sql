
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose tenant is not in tenants
SELECT "id", "tenant"
FROM "users"
WHERE "tenant" IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "tenants" AS "enamel_parent"
    WHERE "enamel_parent"."code" = "users"."tenant"
);

-- add foreign key users(tenant) to tenants(code)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: writers of users and tenants wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_tenant" FOREIGN KEY ("tenant") REFERENCES "tenants" ("code");
