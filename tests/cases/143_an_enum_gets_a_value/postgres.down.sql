
-- enum state: drop value 'returned'
ALTER TYPE "state" RENAME TO "enamel_previous_state";

CREATE TYPE "state" AS ENUM ('draft', 'sent', 'paid');

-- hazard: validation-scan: every row of orders is looked at
-- enamel: must be empty: values of orders.state that hold 'returned'
SELECT "id", "state"
FROM "orders"
WHERE "state" IN ('returned');

-- hazard: table-rewrite: every row of orders is written again
-- hazard: long-lock: readers and writers of orders wait meanwhile
ALTER TABLE "orders" ALTER COLUMN "state" TYPE "state" USING "state"::text::"state";

DROP TYPE "enamel_previous_state";
