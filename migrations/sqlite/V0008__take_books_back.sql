-- take books back
-- enamel: rebuild orders
-- enamel: breaks-old-code

-- drop check on orders: "state" IN ('open', 'paid', 'shipped')
-- add check on orders: "state" IN ('open', 'paid', 'shipped', 'returned')
-- hazard: breaks-old-code: programs from before may write to orders what is refused from now on
-- hazard: table-rewrite: every row of orders is written again
CREATE TABLE "enamel_next_orders" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "customer_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "placed_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON DELETE CASCADE,
    CHECK ("state" IN ('open', 'paid', 'shipped', 'returned'))
);

INSERT INTO "enamel_next_orders" (
    "id",
    "customer_id",
    "state",
    "placed_at"
)
SELECT
    "id",
    "customer_id",
    "state",
    "placed_at"
FROM "orders"
ORDER BY rowid;

DROP TABLE "orders";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_orders" RENAME TO "orders";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_orders_customer_id_placed_at" ON "orders" ("customer_id", "placed_at" DESC);

CREATE INDEX "ix_orders_open" ON "orders" ("placed_at")
WHERE state = 'open';
