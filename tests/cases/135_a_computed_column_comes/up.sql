-- enamel: keeps-old-code

-- add column things.double_price BIGINT NOT NULL GENERATED AS (price * 2) VIRTUAL
ALTER TABLE "things" ADD COLUMN "double_price" BIGINT NOT NULL GENERATED ALWAYS AS (price * 2) VIRTUAL;
