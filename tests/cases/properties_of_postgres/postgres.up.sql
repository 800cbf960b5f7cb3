-- enamel: rename table books=volumes
-- enamel: drop table logs
-- enamel: drop volumes.note

-- rename table books to volumes
-- hazard: breaks-old-code: programs from before use books
ALTER TABLE "books" RENAME TO "volumes";

-- drop check ck_price on volumes: price > 0
ALTER TABLE "volumes" DROP CONSTRAINT "ck_price";

-- drop index ix_dear on volumes
DROP INDEX "ix_dear";

-- drop index ix_gone on volumes
DROP INDEX "ix_gone";

-- enum state: drop value 'lost'
-- hazard: breaks-old-code: programs from before may write values of state that are refused from now on
ALTER TYPE "state" RENAME TO "enamel_previous_state";

CREATE TYPE "state" AS ENUM ('new', 'used');

-- hazard: validation-scan: every row of volumes is looked at
-- enamel: must be empty: values of volumes.state that hold 'lost'
SELECT "id", "state"
FROM "volumes"
WHERE "state" IN ('lost');

ALTER TABLE "volumes" DROP COLUMN "twice";

-- volumes.price: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know volumes.price as it was
-- hazard: table-rewrite: every row of volumes is written again
-- hazard: long-lock: readers and writers of volumes wait meanwhile
ALTER TABLE "volumes"
    ALTER COLUMN "price" TYPE bigint,
    ALTER COLUMN "state" TYPE "state" USING "state"::text::"state";

ALTER SEQUENCE "orders_id_seq" OWNED BY NONE;

-- orders.id: counting up becomes always counting up
-- hazard: breaks-old-code: programs from before may give orders.id numbers of their own
ALTER TABLE "orders"
    ALTER COLUMN "id" DROP DEFAULT,
    ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY;

SELECT setval(pg_get_serial_sequence('"orders"', 'id'), nextval('"orders_id_seq"'), false);

DROP SEQUENCE "orders_id_seq";

-- volumes.twice: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know volumes.twice as it was
-- hazard: table-rewrite: every row of volumes is written again
-- hazard: long-lock: readers and writers of volumes wait meanwhile
ALTER TABLE "volumes" ADD COLUMN "twice" bigint NOT NULL GENERATED ALWAYS AS (price * 2) STORED;

-- drop column volumes.note
-- hazard: data-loss: the values of volumes.note are gone
-- hazard: breaks-old-code: programs from before use volumes.note
ALTER TABLE "volumes" DROP COLUMN "note";

-- add check ck_price on volumes: price > 0
-- hazard: long-lock: readers and writers of volumes wait meanwhile
-- hazard: validation-scan: every row of volumes is looked at
ALTER TABLE "volumes" ADD CONSTRAINT "ck_price" CHECK (price > 0);

-- add index ix_dear on volumes(title) where price > 10
-- hazard: long-lock: writers wait while every row of volumes is sorted
CREATE INDEX "ix_dear" ON "volumes" ("title")
WHERE price > 10;

-- drop index ix_logs_line on logs
-- drop table logs
-- hazard: data-loss: the rows of logs are gone; trigger kept goes with its table
-- hazard: breaks-old-code: programs from before use logs
DROP TABLE "logs";

DROP TYPE "enamel_previous_state";

COMMENT ON CONSTRAINT ck_price ON "volumes" IS 'nothing is free';

COMMENT ON INDEX ix_dear IS 'the dear ones';

COMMENT ON TYPE state IS 'of a book';

ALTER TYPE state OWNER TO pg_signal_backend;

GRANT UPDATE (twice) ON "volumes" TO pg_monitor;

GRANT USAGE ON TYPE state TO pg_monitor;

ALTER TABLE "volumes" ALTER COLUMN twice SET STATISTICS 200;
