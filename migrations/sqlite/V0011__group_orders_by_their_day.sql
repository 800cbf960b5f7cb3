-- group orders by their day
-- enamel: keeps-old-code

-- hazard: validation-scan: every row of orders is looked at
-- enamel: must be empty: rows of orders that get no value for placed_on
SELECT "id", "placed_at"
FROM "orders"
WHERE date(placed_at) IS NULL;

-- add column orders.placed_on DATE NOT NULL GENERATED AS (date(placed_at)) VIRTUAL
ALTER TABLE "orders" ADD COLUMN "placed_on" DATE NOT NULL GENERATED ALWAYS AS (date(placed_at)) VIRTUAL;

-- add index ix_orders_placed_on on orders(placed_on)
-- hazard: long-lock: writers wait while every row of orders is sorted
CREATE INDEX "ix_orders_placed_on" ON "orders" ("placed_on");
