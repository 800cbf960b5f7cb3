-- enamel: drop things.double_price

-- drop column things.double_price
-- hazard: breaks-old-code: programs from before use things.double_price
ALTER TABLE "things" DROP COLUMN "double_price";
