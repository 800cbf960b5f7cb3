
-- add column users.boss_id BIGINT
-- add foreign key users(boss_id) to users(id)
-- hazard: data-loss: what users.boss_id held does not come back
ALTER TABLE "users" ADD COLUMN "boss_id" BIGINT REFERENCES "users" ("id");
