-- enamel: rename table Users=orders
-- enamel: rebuild orders

-- rename table Users to orders
-- hazard: breaks-old-code: programs from before use Users
ALTER TABLE "Users" RENAME TO "orders";

-- orders.name: add collation NOCASE
-- hazard: table-rewrite: every row of orders is written again
CREATE TABLE "enamel_next_orders" (
    "users" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL COLLATE NOCASE
);

INSERT INTO "enamel_next_orders" (
    "users",
    "name"
)
SELECT
    "users",
    "name"
FROM "orders"
ORDER BY rowid;

DROP TABLE "orders";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_orders" RENAME TO "orders";

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER users AFTER INSERT ON "orders" BEGIN
    UPDATE visits SET id = id + 10 WHERE visits.users = new."users";
END;
