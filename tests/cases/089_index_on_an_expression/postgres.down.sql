
-- drop index ix_b on users
DROP INDEX "ix_b";

-- add index ix_b on users(x + 1, y)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_b" ON "users" ((x + 1), "y");
