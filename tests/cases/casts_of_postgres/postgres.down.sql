
-- hazard: validation-scan: every row of values is looked at
-- enamel: must be empty: values of values.wider longer than 6
SELECT "id", "wider"
FROM "values"
WHERE char_length("wider") > 6;

-- enamel: must be empty: values of values.text longer than 6
SELECT "id", "text"
FROM "values"
WHERE char_length("text") > 6;

-- enamel: must be empty: values of values.number that are too large
SELECT "id", "number"
FROM "values"
WHERE "number" NOT BETWEEN -2147483648 AND 2147483647;

-- enamel: must be empty: values of values.float that no floating-point number equals
SELECT "id", "float"
FROM "values"
WHERE "float"::double precision::numeric <> "float";

-- enamel: must be empty: values of values.flag that are neither 0 nor 1
SELECT "id", "flag"
FROM "values"
WHERE "flag" NOT IN (0, 1);

-- enamel: must be empty: values of values.numeric that have more digits than are kept
SELECT "id", "numeric"
FROM "values"
WHERE "numeric"::numeric::double precision <> "numeric";

-- enamel: must be empty: values of values.cost that have more digits than numeric(8, 2)
SELECT "id", "cost"
FROM "values"
WHERE abs("cost"::numeric) >= 1e6;

-- enamel: must be empty: values of values.day that are more than a date
SELECT "id", "day"
FROM "values"
WHERE ("day" AT TIME ZONE 'UTC') <> date_trunc('day', ("day" AT TIME ZONE 'UTC'));

-- enamel: must be empty: values of values.face that are none of 'Happy', 'Sad'
SELECT "id", "face"
FROM "values"
WHERE "face" NOT IN ('Happy', 'Sad');

-- enamel: must be empty: values of values.exact that are not whole numbers
SELECT "id", "exact"
FROM "values"
WHERE "exact" <> trunc("exact") OR "exact" NOT BETWEEN -2147483648 AND 2147483647;

-- values.longer: type varchar(9) becomes text
-- values.wider: type varchar(12) becomes varchar(6)
-- values.text: type text becomes varchar(6)
-- values.whole: type smallint becomes bigint
-- values.number: type bigint becomes integer
-- values.digits: type integer becomes text
-- values.decimal: type numeric(6, 2) becomes text
-- values.float: type numeric becomes double precision
-- values.half: type real becomes double precision
-- values.flag: type integer becomes boolean
-- values.numeric: type double precision becomes numeric
-- values.price: type numeric(6, 1) becomes numeric(10, 2)
-- values.cost: type numeric(9, 2) becomes numeric(8, 2)
-- values.day: type timestamptz becomes date
-- values.seen: type timestamptz becomes timestamp
-- values.at: type timestamp becomes timestamptz
-- values.midnight: type date becomes timestamp
-- values.key: type text becomes uuid
-- values.mood: type enum mood becomes text
-- values.face: type text becomes enum mood
-- values.said: type jsonb becomes text
-- values.exact: type double precision becomes integer
-- values.truth: type boolean becomes integer
-- hazard: table-rewrite: every row of values is written again
-- hazard: long-lock: readers and writers of values wait meanwhile
ALTER TABLE "values"
    ALTER COLUMN "longer" TYPE text,
    ALTER COLUMN "wider" TYPE varchar(6),
    ALTER COLUMN "text" TYPE varchar(6),
    ALTER COLUMN "whole" TYPE bigint,
    ALTER COLUMN "number" TYPE integer,
    ALTER COLUMN "digits" TYPE text,
    ALTER COLUMN "decimal" TYPE text,
    ALTER COLUMN "float" TYPE double precision,
    ALTER COLUMN "half" TYPE double precision,
    ALTER COLUMN "flag" TYPE boolean USING "flag" <> 0,
    ALTER COLUMN "numeric" TYPE numeric,
    ALTER COLUMN "price" TYPE numeric(10, 2),
    ALTER COLUMN "cost" TYPE numeric(8, 2),
    ALTER COLUMN "day" TYPE date USING ("day" AT TIME ZONE 'UTC')::date,
    ALTER COLUMN "seen" TYPE timestamp USING "seen" AT TIME ZONE 'UTC',
    ALTER COLUMN "at" TYPE timestamptz USING "at" AT TIME ZONE 'UTC',
    ALTER COLUMN "midnight" TYPE timestamp,
    ALTER COLUMN "key" TYPE uuid USING "key"::uuid,
    ALTER COLUMN "mood" TYPE text,
    ALTER COLUMN "face" TYPE "mood" USING "face"::text::"mood",
    ALTER COLUMN "said" TYPE text,
    ALTER COLUMN "exact" TYPE integer,
    ALTER COLUMN "truth" TYPE integer USING "truth"::integer;
