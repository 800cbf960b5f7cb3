-- enamel: keeps-old-code

-- add column users.role TEXT NOT NULL DEFAULT 'member'
-- add check on users: "role" IN ('admin', 'member')
ALTER TABLE "users" ADD COLUMN "role" TEXT NOT NULL DEFAULT 'member' CHECK ("role" IN ('admin', 'member'));

-- add column users.backup TEXT
-- add check on users: "backup" IN ('admin', 'member')
ALTER TABLE "users" ADD COLUMN "backup" TEXT CHECK ("backup" IN ('admin', 'member'));
