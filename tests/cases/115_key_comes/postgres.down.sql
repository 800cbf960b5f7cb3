
-- drop foreign key users(tenant_id) to tenants(id) on delete cascade
ALTER TABLE "users" DROP CONSTRAINT "fk_users_tenant_id";
