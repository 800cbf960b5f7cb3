-- enamel: drop users.boss_id

-- drop foreign key users(boss_id) to users(id)
ALTER TABLE "users" DROP CONSTRAINT "fk_users_boss_id";

-- drop column users.boss_id
-- hazard: data-loss: the values of users.boss_id are gone
-- hazard: breaks-old-code: programs from before use users.boss_id
ALTER TABLE "users" DROP COLUMN "boss_id";
