
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.numbers that are too large
SELECT "id", "numbers"
FROM "things"
WHERE EXISTS (SELECT 1 FROM unnest("numbers") AS "enamel_element" WHERE "enamel_element" NOT BETWEEN -2147483648 AND 2147483647);

-- enamel: must be empty: values of things.moods that are none of 'happy', 'sad'
SELECT "id", "moods"
FROM "things"
WHERE EXISTS (SELECT 1 FROM unnest("moods") AS "enamel_element" WHERE "enamel_element" NOT IN ('happy', 'sad'));

-- enamel: must be empty: values of things.times that are more than a date
SELECT "id", "times"
FROM "things"
WHERE EXISTS (SELECT 1 FROM unnest("times") AS "enamel_element" WHERE "enamel_element" <> date_trunc('day', "enamel_element"));

-- things.numbers: type bigint[] becomes integer[]
-- things.small: type smallint[] becomes bigint[]
-- things.words: type integer[] becomes text[]
-- things.moods: type text[] becomes array of enum mood
-- things.said: type array of enum mood becomes text[]
-- things.times: type timestamp[] becomes date[]
-- things.card: type text becomes macaddr
-- things.search: type macaddr becomes text
-- things.address: type inet becomes text
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "numbers" TYPE integer[],
    ALTER COLUMN "small" TYPE bigint[],
    ALTER COLUMN "words" TYPE text[],
    ALTER COLUMN "moods" TYPE "mood"[] USING "moods"::text[]::"mood"[],
    ALTER COLUMN "said" TYPE text[],
    ALTER COLUMN "times" TYPE date[],
    ALTER COLUMN "card" TYPE macaddr USING "card"::macaddr,
    ALTER COLUMN "search" TYPE text,
    ALTER COLUMN "address" TYPE text USING NULLIF(format('%s', "address"), '');
