-- enamel: backfill things.words=''
-- enamel: convert things.words=hstore('all', words)

-- create extension citext
CREATE EXTENSION IF NOT EXISTS "citext";

-- create extension hstore
CREATE EXTENSION IF NOT EXISTS "hstore";

-- create extension pg_trgm
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- things.name: type text becomes citext
-- things.words: type text becomes hstore; nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before know things.name as it was; know things.words as it was; may write NULL to things.words
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "name" TYPE citext,
    ALTER COLUMN "words" TYPE hstore USING hstore('all', words);

-- hazard: table-rewrite: every row of things is written again
UPDATE "things"
SET "words" = ''
WHERE "words" IS NULL;

-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ALTER COLUMN "words" SET NOT NULL;
