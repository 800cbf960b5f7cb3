
-- users.seen: type timestamptz becomes timestamp
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "seen" TYPE timestamp USING "seen" AT TIME ZONE 'UTC';
