-- enamel: keeps-old-code

-- drop index ix on users
DROP INDEX "ix";

-- add index ix on users(x desc, y)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix" ON "users" ("x" DESC, "y");
