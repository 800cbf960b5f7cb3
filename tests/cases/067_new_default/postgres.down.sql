
-- users.name: drop default 'x'
ALTER TABLE "users" ALTER COLUMN "name" DROP DEFAULT;
