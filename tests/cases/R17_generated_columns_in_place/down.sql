
-- drop column lines.twice
-- hazard: table-rewrite: every row of lines is written again
ALTER TABLE "lines" DROP COLUMN "twice";

-- add column lines.half BIGINT GENERATED AS (price / 2) VIRTUAL
ALTER TABLE "lines" ADD COLUMN "half" BIGINT GENERATED ALWAYS AS (price / 2) VIRTUAL;
