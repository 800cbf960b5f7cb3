
-- add column users.boss_id bigint
-- hazard: data-loss: what users.boss_id held does not come back
ALTER TABLE "users" ADD COLUMN "boss_id" bigint;

-- add foreign key users(boss_id) to users(id)
-- hazard: long-lock: writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_boss_id" FOREIGN KEY ("boss_id") REFERENCES "users" ("id");
