
-- drop foreign key users(tenant_id) to tenants(id) initially deferred
-- add foreign key users(tenant_id) to tenants(id)
ALTER TABLE "users" ALTER CONSTRAINT "fk_users_tenant_id" NOT DEFERRABLE;
