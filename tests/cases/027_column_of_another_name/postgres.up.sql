-- enamel: keeps-old-code

-- add column users."Post Code" text
ALTER TABLE "users" ADD COLUMN "Post Code" text;
