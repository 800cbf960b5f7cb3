-- enamel: drop lines.half

-- drop column lines.half
-- hazard: breaks-old-code: programs from before use lines.half
ALTER TABLE "lines" DROP COLUMN "half";

-- add column lines.twice bigint NOT NULL GENERATED AS (price * 2) STORED
-- hazard: table-rewrite: every row of lines is written again
-- hazard: long-lock: readers and writers of lines wait meanwhile
ALTER TABLE "lines" ADD COLUMN "twice" bigint NOT NULL GENERATED ALWAYS AS (price * 2) STORED;
