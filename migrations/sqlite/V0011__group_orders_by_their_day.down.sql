-- group orders by their day

-- drop index ix_orders_placed_on on orders
DROP INDEX "ix_orders_placed_on";

-- drop column orders.placed_on
-- hazard: breaks-old-code: programs from before use orders.placed_on
-- hazard: table-rewrite: every row of orders is written again
ALTER TABLE "orders" DROP COLUMN "placed_on";
