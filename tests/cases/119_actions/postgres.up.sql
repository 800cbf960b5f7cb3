
-- drop foreign key users(tenant_id) to tenants(id) on delete cascade on update cascade
ALTER TABLE "users" DROP CONSTRAINT "fk_users_tenant_id";

-- add foreign key users(tenant_id) to tenants(id) on delete restrict on update restrict
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: writers of users and tenants wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_tenant_id" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
