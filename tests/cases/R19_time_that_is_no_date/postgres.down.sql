
-- readings.seen: type date becomes timestamp
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "seen" TYPE timestamp;
