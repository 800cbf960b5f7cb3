
-- rename column order."from'" to "two words"
ALTER TABLE "order" RENAME COLUMN "from'" TO "two words";

-- order.Straße: NOT NULL becomes nullable
ALTER TABLE "order" ALTER COLUMN "Straße" DROP NOT NULL;
