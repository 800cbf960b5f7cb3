-- enamel: keeps-old-code

-- add column things.double_price bigint NOT NULL GENERATED AS (price * 2) STORED
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ADD COLUMN "double_price" bigint NOT NULL GENERATED ALWAYS AS (price * 2) STORED;
