-- enamel: drop things.email

-- add column things.name text
ALTER TABLE "things" ADD COLUMN "name" text;

-- drop column things.email
-- hazard: data-loss: the values of things.email are gone
-- hazard: breaks-old-code: programs from before use things.email
ALTER TABLE "things" DROP COLUMN "email";
