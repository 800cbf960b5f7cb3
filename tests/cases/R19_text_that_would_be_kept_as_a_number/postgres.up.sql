
-- readings.seen: type text becomes timestamp
-- hazard: breaks-old-code: programs from before know readings.seen as it was
-- hazard: table-rewrite: every row of readings is written again
-- hazard: long-lock: readers and writers of readings wait meanwhile
ALTER TABLE "readings" ALTER COLUMN "seen" TYPE timestamp USING "seen"::timestamp;
