-- expect addresses in e-mail columns
-- enamel: rebuild customers
-- enamel: breaks-old-code

-- hazard: validation-scan: every row of customers is looked at
-- enamel: must be empty: rows of customers that break the check email LIKE '%_@_%'
SELECT "id", "email"
FROM "customers"
WHERE NOT (email LIKE '%_@_%');

-- add check on customers: email LIKE '%_@_%'
-- hazard: breaks-old-code: programs from before may write to customers what is refused from now on
-- hazard: table-rewrite: every row of customers is written again
CREATE TABLE "enamel_next_customers" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "street" TEXT,
    "city" TEXT,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE ("email"),
    CHECK (email LIKE '%_@_%')
);

INSERT INTO "enamel_next_customers" (
    "id",
    "email",
    "name",
    "street",
    "city",
    "created_at"
)
SELECT
    "id",
    "email",
    "name",
    "street",
    "city",
    "created_at"
FROM "customers"
ORDER BY rowid;

DROP TABLE "customers";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_customers" RENAME TO "customers";

PRAGMA legacy_alter_table = OFF;
