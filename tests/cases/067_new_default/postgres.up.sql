-- enamel: keeps-old-code

-- users.name: add default 'x'
ALTER TABLE "users" ALTER COLUMN "name" SET DEFAULT 'x';
