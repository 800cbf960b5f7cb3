
-- parents.age: NOT NULL becomes nullable
ALTER TABLE "parents" ALTER COLUMN "age" DROP NOT NULL;
