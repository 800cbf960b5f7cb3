-- enamel: convert things.bytes=length(bytes)
-- enamel: convert things.number=to_timestamp(number)
-- enamel: convert things.point=point(point)
-- enamel: convert things.words=string_to_array(words, ' ')

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that get no value for bytes
SELECT "id", "bytes"
FROM "things"
WHERE (length(bytes)) IS NULL;

-- enamel: must be empty: rows of things that get no value for number
SELECT "id", "number"
FROM "things"
WHERE (to_timestamp(number)) IS NULL;

-- enamel: must be empty: rows of things that get no value for point
SELECT "id", "point"
FROM "things"
WHERE (point(point)) IS NULL;

-- things.bytes: type bytea becomes integer
-- things.number: type bigint becomes timestamptz
-- things.words: type text becomes text[]
-- things.point: type text becomes point
-- hazard: breaks-old-code: programs from before know things.bytes as it was; know things.number as it was; know things.words as it was; know things.point as it was
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "bytes" TYPE integer USING length(bytes),
    ALTER COLUMN "number" TYPE timestamptz USING to_timestamp(number),
    ALTER COLUMN "words" TYPE text[] USING string_to_array(words, ' '),
    ALTER COLUMN "point" TYPE point USING point(point);
