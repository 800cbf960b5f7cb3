
-- drop foreign key Home on users(tenant_id) to tenants(id)
-- add foreign key home on users(tenant_id) to tenants(id)
ALTER TABLE "users" RENAME CONSTRAINT "Home" TO "home";
