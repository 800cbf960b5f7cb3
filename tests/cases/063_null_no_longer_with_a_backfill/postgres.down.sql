
-- users.age: NOT NULL becomes nullable
ALTER TABLE "users" ALTER COLUMN "age" DROP NOT NULL;
