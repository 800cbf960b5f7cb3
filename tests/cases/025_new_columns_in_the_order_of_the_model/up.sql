-- enamel: keeps-old-code

-- add column users.z INTEGER
ALTER TABLE "users" ADD COLUMN "z" INTEGER;

-- add column users.a TEXT
ALTER TABLE "users" ADD COLUMN "a" TEXT;

-- add column users.m DOUBLE NOT NULL DEFAULT 0.5
ALTER TABLE "users" ADD COLUMN "m" DOUBLE NOT NULL DEFAULT 0.5;
