
-- drop check on lines: total >= 0
ALTER TABLE "lines" DROP CONSTRAINT "ck_lines_total";

-- drop index ix_total on lines
DROP INDEX "ix_total";

-- drop unique lines(total, name)
ALTER TABLE "lines" DROP CONSTRAINT "uq_lines_total_name";

ALTER TABLE "lines" DROP COLUMN "total";

-- hazard: data-loss: the values of lines.kept are gone: it is computed from now on
ALTER TABLE "lines" DROP COLUMN "kept";

-- drop column lines.present
ALTER TABLE "lines" DROP COLUMN "present";

-- lines.total: GENERATED AS (price * amount * 2) STORED becomes GENERATED AS (price * amount) STORED; comment 'twice what it costs' becomes 'what it costs'
-- hazard: table-rewrite: every row of lines is written again
-- hazard: long-lock: readers and writers of lines wait meanwhile
ALTER TABLE "lines" ADD COLUMN "total" integer NOT NULL GENERATED ALWAYS AS (price * amount) STORED;

COMMENT ON COLUMN "lines"."total" IS 'what it costs';

-- lines.kept: add GENERATED AS (price + 1) STORED
-- hazard: data-loss: the values of lines.kept are gone: it is computed from now on
-- hazard: table-rewrite: every row of lines is written again
-- hazard: long-lock: readers and writers of lines wait meanwhile
ALTER TABLE "lines" ADD COLUMN "kept" integer NOT NULL GENERATED ALWAYS AS (price + 1) STORED;

-- lines.typed: drop GENERATED AS (price - 1) STORED
ALTER TABLE "lines" ALTER COLUMN "typed" DROP EXPRESSION;

-- lines.shown: NOT NULL becomes nullable; drop comment 'in capitals'
ALTER TABLE "lines" ALTER COLUMN "shown" DROP NOT NULL;

COMMENT ON COLUMN "lines"."shown" IS NULL;

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
