
-- drop foreign key users(tenant_id) to tenants(id)
ALTER TABLE "users" DROP CONSTRAINT "fk_users_tenant_id";

-- drop column users.tenant_id
-- hazard: data-loss: the values of users.tenant_id are gone
ALTER TABLE "users" DROP COLUMN "tenant_id";
