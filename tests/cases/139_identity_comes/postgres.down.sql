
-- users.id: drop counting up
ALTER TABLE "users" ALTER COLUMN "id" DROP IDENTITY;
