-- enamel: keeps-old-code

-- add column users.nickname text
ALTER TABLE "users" ADD COLUMN "nickname" text;
