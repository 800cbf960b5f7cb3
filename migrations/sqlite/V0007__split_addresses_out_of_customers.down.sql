-- split addresses out of customers

-- Written by hand: each customer keeps the first address.
-- enamel: must be empty: customers with more than one address
SELECT "customer_id", count(*)
FROM "addresses"
GROUP BY "customer_id"
HAVING count(*) > 1;

ALTER TABLE "customers" ADD COLUMN "street" TEXT;

ALTER TABLE "customers" ADD COLUMN "city" TEXT;

UPDATE "customers"
SET ("street", "city") = (SELECT "street", "city" FROM "addresses" WHERE "customer_id" = "customers"."id");

DROP TABLE "addresses";
