
-- drop column lines.twice
ALTER TABLE "lines" DROP COLUMN "twice";

-- add column lines.half bigint GENERATED AS (price / 2) STORED
-- hazard: table-rewrite: every row of lines is written again
-- hazard: long-lock: readers and writers of lines wait meanwhile
ALTER TABLE "lines" ADD COLUMN "half" bigint GENERATED ALWAYS AS (price / 2) STORED;
