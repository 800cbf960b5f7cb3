-- store the day of an order
-- enamel: rebuild orders

-- hazard: validation-scan: every row of orders is looked at
-- enamel: must be empty: rows of orders that get no value for placed_on
SELECT "id", "placed_at"
FROM "orders"
WHERE date(placed_at) IS NULL;

-- orders.placed_on: GENERATED AS (date(placed_at)) STORED becomes GENERATED AS (date(placed_at)) VIRTUAL
-- hazard: table-rewrite: every row of orders is written again
CREATE TABLE "enamel_next_orders" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "customer_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "placed_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "placed_on" DATE NOT NULL GENERATED ALWAYS AS (date(placed_at)) VIRTUAL,
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

CREATE INDEX "ix_orders_placed_on" ON "orders" ("placed_on");
