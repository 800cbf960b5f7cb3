-- enamel: backfill users.born='2024-01-02 03:04:05'
-- enamel: keeps-old-code

-- add column users.born timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
ALTER TABLE "users" ADD COLUMN "born" timestamp;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "born" = '2024-01-02 03:04:05';

-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users"
    ALTER COLUMN "born" SET DEFAULT CURRENT_TIMESTAMP,
    ALTER COLUMN "born" SET NOT NULL;
