
-- drop index ix on users
DROP INDEX "ix";

-- add index ix on users(x, y)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix" ON "users" ("x", "y");
