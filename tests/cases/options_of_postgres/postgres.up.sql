-- enamel: keeps-old-code

-- add column others.name text
ALTER TABLE "others" ADD COLUMN "name" text;

-- others: no longer UNLOGGED
-- hazard: table-rewrite: every row of others is written again
-- hazard: long-lock: readers and writers of others wait meanwhile
ALTER TABLE "others" SET LOGGED;

-- things: becomes UNLOGGED
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" SET UNLOGGED;
