-- enamel: keeps-old-code

-- drop foreign key home on users(tenant_id) to tenants(id)
-- add foreign key Home on users(tenant_id) to tenants(id)
ALTER TABLE "users" RENAME CONSTRAINT "home" TO "Home";
