-- enamel: keeps-old-code

-- add index ix_users_name on users(name)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_name" ON "users" ("name");
