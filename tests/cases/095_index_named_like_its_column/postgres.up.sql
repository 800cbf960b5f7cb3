-- enamel: keeps-old-code

-- add column users.size integer
ALTER TABLE "users" ADD COLUMN "size" integer;

-- add index size on users(size)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "size" ON "users" ("size");
