
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.small that are too large
SELECT "id", "small"
FROM "things"
WHERE EXISTS (SELECT 1 FROM unnest("small") AS "enamel_element" WHERE "enamel_element" NOT BETWEEN -32768 AND 32767);

-- enamel: must be empty: values of things.words that are not whole numbers
SELECT "id", "words"
FROM "things"
WHERE EXISTS (SELECT 1 FROM unnest("words") AS "enamel_element" WHERE "enamel_element" !~ '^(0|-?[1-9][0-9]*)$');

-- enamel: must be empty: values of things.said that are none of 'happy', 'sad'
SELECT "id", "said"
FROM "things"
WHERE EXISTS (SELECT 1 FROM unnest("said") AS "enamel_element" WHERE "enamel_element" NOT IN ('happy', 'sad'));

-- things.numbers: type integer[] becomes bigint[]
-- things.small: type bigint[] becomes smallint[]
-- things.words: type text[] becomes integer[]
-- things.moods: type array of enum mood becomes text[]
-- things.said: type text[] becomes array of enum mood
-- things.times: type date[] becomes timestamp[]
-- things.card: type macaddr becomes text
-- things.search: type text becomes macaddr
-- things.address: type text becomes inet
-- hazard: breaks-old-code: programs from before know things.numbers as it was; know things.small as it was; know things.words as it was; know things.moods as it was; know things.said as it was; know things.times as it was; know things.card as it was; know things.search as it was; know things.address as it was
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "numbers" TYPE bigint[],
    ALTER COLUMN "small" TYPE smallint[],
    ALTER COLUMN "words" TYPE integer[] USING "words"::integer[],
    ALTER COLUMN "moods" TYPE text[],
    ALTER COLUMN "said" TYPE "mood"[] USING "said"::text[]::"mood"[],
    ALTER COLUMN "times" TYPE timestamp[],
    ALTER COLUMN "card" TYPE text,
    ALTER COLUMN "search" TYPE macaddr USING "search"::macaddr,
    ALTER COLUMN "address" TYPE inet USING "address"::inet;
