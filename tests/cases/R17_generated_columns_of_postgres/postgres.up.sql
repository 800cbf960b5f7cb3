-- enamel: drop lines.typed

-- drop check on lines: total >= 0
ALTER TABLE "lines" DROP CONSTRAINT "ck_lines_total";

-- drop index ix_total on lines
DROP INDEX "ix_total";

-- drop unique lines(total, name)
ALTER TABLE "lines" DROP CONSTRAINT "uq_lines_total_name";

ALTER TABLE "lines" DROP COLUMN "total";

-- hazard: data-loss: the values of lines.typed are gone: it is computed from now on
ALTER TABLE "lines" DROP COLUMN "typed";

-- lines.total: GENERATED AS (price * amount) STORED becomes GENERATED AS (price * amount * 2) STORED; comment 'what it costs' becomes 'twice what it costs'
-- hazard: breaks-old-code: programs from before know lines.total as it was
-- hazard: table-rewrite: every row of lines is written again
-- hazard: long-lock: readers and writers of lines wait meanwhile
ALTER TABLE "lines" ADD COLUMN "total" integer NOT NULL GENERATED ALWAYS AS (price * amount * 2) STORED;

COMMENT ON COLUMN "lines"."total" IS 'twice what it costs';

-- lines.typed: add GENERATED AS (price - 1) STORED
-- hazard: data-loss: the values of lines.typed are gone: it is computed from now on
-- hazard: breaks-old-code: programs from before know lines.typed as it was
-- hazard: table-rewrite: every row of lines is written again
-- hazard: long-lock: readers and writers of lines wait meanwhile
ALTER TABLE "lines" ADD COLUMN "typed" integer NOT NULL GENERATED ALWAYS AS (price - 1) STORED;

-- hazard: validation-scan: every row of lines is looked at
-- enamel: must be empty: rows of lines that get no value for present
SELECT "id", "price"
FROM "lines"
WHERE (NULLIF(price, 0)) IS NULL;

-- add column lines.present integer NOT NULL GENERATED AS (NULLIF(price, 0)) STORED
-- hazard: table-rewrite: every row of lines is written again
-- hazard: long-lock: readers and writers of lines wait meanwhile
ALTER TABLE "lines" ADD COLUMN "present" integer NOT NULL GENERATED ALWAYS AS (NULLIF(price, 0)) STORED;

-- lines.kept: drop GENERATED AS (price + 1) STORED
-- hazard: breaks-old-code: programs from before know lines.kept as it was; insert into lines without kept
ALTER TABLE "lines" ALTER COLUMN "kept" DROP EXPRESSION;

-- lines.shown: nullable becomes NOT NULL; add comment 'in capitals'
-- hazard: breaks-old-code: programs from before may write NULL to lines.shown
-- hazard: long-lock: readers and writers of lines wait meanwhile
-- hazard: validation-scan: every row of lines is looked at
ALTER TABLE "lines" ALTER COLUMN "shown" SET NOT NULL;

COMMENT ON COLUMN "lines"."shown" IS 'in capitals';

-- add unique lines(total, name)
-- hazard: long-lock: readers and writers of lines wait while every row is sorted
ALTER TABLE "lines" ADD CONSTRAINT "uq_lines_total_name" UNIQUE ("total", "name");

-- add check on lines: total >= 0
-- hazard: long-lock: readers and writers of lines wait meanwhile
-- hazard: validation-scan: every row of lines is looked at
ALTER TABLE "lines" ADD CONSTRAINT "ck_lines_total" CHECK (total >= 0);

-- add index ix_total on lines(total) where total > 10
-- hazard: long-lock: writers wait while every row of lines is sorted
CREATE INDEX "ix_total" ON "lines" ("total")
WHERE total > 10;
