-- enamel: drop things.double_price

-- drop column things.double_price
-- hazard: breaks-old-code: programs from before use things.double_price
-- hazard: table-rewrite: every row of things is written again
ALTER TABLE "things" DROP COLUMN "double_price";
