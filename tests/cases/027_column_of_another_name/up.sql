-- enamel: keeps-old-code

-- add column users."Post Code" TEXT
ALTER TABLE "users" ADD COLUMN "Post Code" TEXT;
