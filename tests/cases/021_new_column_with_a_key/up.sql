-- enamel: keeps-old-code

-- add column users.boss_id BIGINT
-- add foreign key users(boss_id) to users(id) on delete set null
ALTER TABLE "users" ADD COLUMN "boss_id" BIGINT REFERENCES "users" ("id") ON DELETE SET NULL;

-- add index ix_users_boss_id on users(boss_id)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_boss_id" ON "users" ("boss_id");
