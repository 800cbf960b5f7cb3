
-- readings.level: type bigint becomes text
-- hazard: data-loss: the conversion of readings.level has no way back; it only casts
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "level" TYPE text;
