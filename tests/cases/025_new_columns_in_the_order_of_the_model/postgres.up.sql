-- enamel: keeps-old-code

-- add column users.z integer
ALTER TABLE "users" ADD COLUMN "z" integer;

-- add column users.a text
ALTER TABLE "users" ADD COLUMN "a" text;

-- add column users.m double precision NOT NULL DEFAULT 0.5
ALTER TABLE "users" ADD COLUMN "m" double precision NOT NULL DEFAULT 0.5;
