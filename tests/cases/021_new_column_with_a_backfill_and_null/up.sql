-- enamel: backfill users.size=length(name)
-- enamel: keeps-old-code

-- add column users.size INTEGER
ALTER TABLE "users" ADD COLUMN "size" INTEGER;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "size" = length(name);
