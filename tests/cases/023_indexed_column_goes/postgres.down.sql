
-- add column users.age integer NOT NULL
-- hazard: data-loss: what users.age held does not come back
ALTER TABLE "users" ADD COLUMN "age" integer;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "age" = 0;

-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- add index ix_users_age on users(age)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_age" ON "users" ("age");
