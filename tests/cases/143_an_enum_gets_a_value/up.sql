-- enamel: rebuild orders

-- drop check on orders: "state" IN ('draft', 'sent', 'paid')
-- add check on orders: "state" IN ('draft', 'sent', 'returned', 'paid')
-- hazard: breaks-old-code: programs from before may read a value of orders.state that they do not know
-- hazard: table-rewrite: every row of orders is written again
CREATE TABLE "enamel_next_orders" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "step" INTEGER,
    CHECK ("state" IN ('draft', 'sent', 'returned', 'paid')),
    CHECK ("step" IN (-1, 0, 1))
);

INSERT INTO "enamel_next_orders" (
    "id",
    "state",
    "step"
)
SELECT
    "id",
    "state",
    "step"
FROM "orders"
ORDER BY rowid;

DROP TABLE "orders";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_orders" RENAME TO "orders";

PRAGMA legacy_alter_table = OFF;
