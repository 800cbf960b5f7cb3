-- enamel: drop lines.half

-- drop column lines.half
-- hazard: breaks-old-code: programs from before use lines.half
-- hazard: table-rewrite: every row of lines is written again
ALTER TABLE "lines" DROP COLUMN "half";

-- add column lines.twice BIGINT NOT NULL GENERATED AS (price * 2) VIRTUAL
ALTER TABLE "lines" ADD COLUMN "twice" BIGINT NOT NULL GENERATED ALWAYS AS (price * 2) VIRTUAL;
