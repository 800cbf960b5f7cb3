
-- add column users.age integer NOT NULL
-- hazard: data-loss: what users.age held does not come back
ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL DEFAULT 0;

ALTER TABLE "users" ALTER COLUMN "age" DROP DEFAULT;

-- add index ix_users_age on users(age)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_age" ON "users" ("age");
