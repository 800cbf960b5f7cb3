-- enamel: backfill users.size=length(name)
-- enamel: keeps-old-code

-- add column users.size integer
ALTER TABLE "users" ADD COLUMN "size" integer;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "size" = length(name);

SET CONSTRAINTS ALL IMMEDIATE;
