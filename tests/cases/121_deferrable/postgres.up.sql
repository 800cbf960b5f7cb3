-- enamel: keeps-old-code

-- drop foreign key users(tenant_id) to tenants(id)
-- add foreign key users(tenant_id) to tenants(id) initially deferred
ALTER TABLE "users" ALTER CONSTRAINT "fk_users_tenant_id" DEFERRABLE INITIALLY DEFERRED;
