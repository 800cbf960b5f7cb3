
-- users.role: default 'guest' becomes 'member'
ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'member';
