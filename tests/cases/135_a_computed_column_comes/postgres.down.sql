
-- drop column things.double_price
ALTER TABLE "things" DROP COLUMN "double_price";
