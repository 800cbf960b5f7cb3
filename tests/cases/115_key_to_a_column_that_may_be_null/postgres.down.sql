
-- drop foreign key users(tenant) to tenants(code)
ALTER TABLE "users" DROP CONSTRAINT "fk_users_tenant";
