-- enamel: keeps-old-code

-- add column things.other integer
ALTER TABLE "things" ADD COLUMN "other" integer;
