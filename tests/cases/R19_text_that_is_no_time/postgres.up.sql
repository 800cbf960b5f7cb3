
-- people.seen: type text becomes timestamp
-- hazard: breaks-old-code: programs from before know people.seen as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "seen" TYPE timestamp USING "seen"::timestamp;
