-- enamel: rebuild orders

-- hazard: validation-scan: every row of orders is looked at
-- enamel: must be empty: rows of orders whose state is none of 'draft', 'sent', 'paid'
SELECT "id", "state"
FROM "orders"
WHERE NOT ("state" IN ('draft', 'sent', 'paid'));

-- drop check on orders: "state" IN ('draft', 'sent', 'returned', 'paid')
-- add check on orders: "state" IN ('draft', 'sent', 'paid')
-- hazard: table-rewrite: every row of orders is written again
CREATE TABLE "enamel_next_orders" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "step" INTEGER,
    CHECK ("state" IN ('draft', 'sent', 'paid')),
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
