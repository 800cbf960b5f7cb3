
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that get no value for bytes
SELECT "id", "bytes"
FROM "things"
WHERE ("bytes"::text::bytea) IS NULL;

-- enamel: must be empty: rows of things that get no value for number
SELECT "id", "number"
FROM "things"
WHERE ("number"::text::bigint) IS NULL;

-- things.bytes: type integer becomes bytea
-- things.number: type timestamptz becomes bigint
-- things.words: type text[] becomes text
-- things.point: type point becomes text
-- hazard: data-loss: the conversion of things.bytes has no way back; it only casts; the conversion of things.number has no way back; it only casts; the conversion of things.point has no way back; it only casts; the conversion of things.words has no way back; it only casts
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "bytes" TYPE bytea USING "bytes"::text::bytea,
    ALTER COLUMN "number" TYPE bigint USING "number"::text::bigint,
    ALTER COLUMN "words" TYPE text USING "words"::text::text,
    ALTER COLUMN "point" TYPE text;
