-- enamel: keeps-old-code

-- users.role: default 'member' becomes 'guest'
ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'guest';
