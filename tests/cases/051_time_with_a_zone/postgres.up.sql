
-- users.seen: type timestamp becomes timestamptz
-- hazard: breaks-old-code: programs from before know users.seen as it was
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "seen" TYPE timestamptz USING "seen" AT TIME ZONE 'UTC';
