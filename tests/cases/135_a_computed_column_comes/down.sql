
-- drop column things.double_price
-- hazard: table-rewrite: every row of things is written again
ALTER TABLE "things" DROP COLUMN "double_price";
