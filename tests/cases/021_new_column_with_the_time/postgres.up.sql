-- enamel: backfill users.born='2024-01-02 03:04:05'
-- enamel: keeps-old-code

-- add column users.born timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
ALTER TABLE "users" ADD COLUMN "born" timestamp NOT NULL DEFAULT '2024-01-02 03:04:05';

ALTER TABLE "users" ALTER COLUMN "born" SET DEFAULT CURRENT_TIMESTAMP;
