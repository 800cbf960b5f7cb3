-- split addresses out of customers
-- enamel: breaks-old-code

-- Written by hand: a customer may have several addresses, and those that are there become the first.
CREATE TABLE "addresses" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "customer_id" BIGINT NOT NULL,
    "street" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_addresses_customer_id" ON "addresses" ("customer_id");

INSERT INTO "addresses" ("customer_id", "street", "city")
SELECT "id", coalesce("street", ''), coalesce("city", '')
FROM "customers"
WHERE "street" IS NOT NULL OR "city" IS NOT NULL;

ALTER TABLE "customers" DROP COLUMN "street";

ALTER TABLE "customers" DROP COLUMN "city";
