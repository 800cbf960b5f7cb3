
-- drop foreign key users(boss_id) to users(id) on delete set null
ALTER TABLE "users" DROP CONSTRAINT "fk_users_boss_id";

-- drop index ix_users_boss_id on users
DROP INDEX "ix_users_boss_id";

-- drop column users.boss_id
-- hazard: data-loss: the values of users.boss_id are gone
ALTER TABLE "users" DROP COLUMN "boss_id";
