
-- users.age: NOT NULL becomes nullable
-- hazard: breaks-old-code: programs from before may read NULL from users.age
ALTER TABLE "users" ALTER COLUMN "age" DROP NOT NULL;
