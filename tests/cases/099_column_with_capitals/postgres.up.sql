-- enamel: keeps-old-code

-- add index ix_users_regNumber on users(regNumber)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_regNumber" ON "users" ("regNumber");
