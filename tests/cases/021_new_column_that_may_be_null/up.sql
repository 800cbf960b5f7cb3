-- enamel: keeps-old-code

-- add column users.nickname TEXT
ALTER TABLE "users" ADD COLUMN "nickname" TEXT;
