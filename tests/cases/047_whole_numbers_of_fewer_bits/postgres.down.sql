
-- readings.level: type smallint becomes bigint
-- readings.step: type smallint becomes integer
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings"
    ALTER COLUMN "level" TYPE bigint,
    ALTER COLUMN "step" TYPE integer;
