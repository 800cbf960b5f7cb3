-- enamel: keeps-old-code

-- add column users.boss_id bigint
ALTER TABLE "users" ADD COLUMN "boss_id" bigint;

-- add index ix_users_boss_id on users(boss_id)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_boss_id" ON "users" ("boss_id");

-- add foreign key users(boss_id) to users(id) on delete set null
-- hazard: long-lock: writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_boss_id" FOREIGN KEY ("boss_id") REFERENCES "users" ("id") ON DELETE SET NULL;
