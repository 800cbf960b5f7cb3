-- enamel: keeps-old-code

-- drop index ix on users
DROP INDEX "ix";

-- add index ix on users(y, x)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix" ON "users" ("y", "x");
