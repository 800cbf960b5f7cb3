-- enamel: keeps-old-code

-- add column things.age integer NOT NULL DEFAULT 1
ALTER TABLE "things" ADD COLUMN "age" integer NOT NULL DEFAULT 1;
