-- enamel: backfill users.told=made
-- enamel: keeps-old-code

-- add column users.chance double precision NOT NULL DEFAULT floor(random())
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ADD COLUMN "chance" double precision NOT NULL DEFAULT floor(random());

-- add column users.told timestamptz NOT NULL DEFAULT clock_timestamp()
ALTER TABLE "users" ADD COLUMN "told" timestamptz;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "told" = made;

-- users.letters: default ARRAY['a', 'b'] becomes ARRAY['b', 'a']
ALTER TABLE "users" ALTER COLUMN "letters" SET DEFAULT (ARRAY['b', 'a']);

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: NULLs in users.told
SELECT "id", "told"
FROM "users"
WHERE "told" IS NULL;

-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users"
    ALTER COLUMN "told" SET DEFAULT clock_timestamp(),
    ALTER COLUMN "told" SET NOT NULL;
