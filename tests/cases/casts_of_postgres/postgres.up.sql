
-- hazard: validation-scan: every row of values is looked at
-- enamel: must be empty: values of values.longer longer than 9
SELECT "id", "longer"
FROM "values"
WHERE char_length("longer") > 9;

-- enamel: must be empty: values of values.whole that are too large
SELECT "id", "whole"
FROM "values"
WHERE "whole" NOT BETWEEN -32768 AND 32767;

-- enamel: must be empty: values of values.digits that are not whole numbers
SELECT "id", "digits"
FROM "values"
WHERE "digits" !~ '^(0|-?[1-9][0-9]*)$';

-- enamel: must be empty: values of values.decimal that are not numbers
SELECT "id", "decimal"
FROM "values"
WHERE "decimal" !~ '^(-?(0|[1-9][0-9]{0,3})([.][0-9]{1,2})?|NaN)$';

-- enamel: must be empty: values of values.float that have more digits than are kept
SELECT "id", "float"
FROM "values"
WHERE "float"::numeric::double precision <> "float";

-- enamel: must be empty: values of values.half that no floating-point number equals
SELECT "id", "half"
FROM "values"
WHERE CASE WHEN "half" = 0 OR abs("half") BETWEEN 1.2e-38 AND 3.4e38 THEN "half"::real <> "half" ELSE abs("half") < 'Infinity' END;

-- enamel: must be empty: values of values.numeric that no floating-point number equals
SELECT "id", "numeric"
FROM "values"
WHERE "numeric"::double precision::numeric <> "numeric";

-- enamel: must be empty: values of values.price that have more digits than numeric(6, 1)
SELECT "id", "price"
FROM "values"
WHERE "price" <> round("price", 1) OR abs("price"::numeric) >= 1e5;

-- enamel: must be empty: values of values.midnight that are more than a date
SELECT "id", "midnight"
FROM "values"
WHERE "midnight" <> date_trunc('day', "midnight");

-- enamel: must be empty: values of values.mood that are none of 'Happy', 'Sad'
SELECT "id", "mood"
FROM "values"
WHERE "mood" NOT IN ('Happy', 'Sad');

-- enamel: must be empty: values of values.truth that are neither 0 nor 1
SELECT "id", "truth"
FROM "values"
WHERE "truth" NOT IN (0, 1);

-- values.longer: type text becomes varchar(9)
-- values.wider: type varchar(6) becomes varchar(12)
-- values.text: type varchar(6) becomes text
-- values.whole: type bigint becomes smallint
-- values.number: type integer becomes bigint
-- values.digits: type text becomes integer
-- values.decimal: type text becomes numeric(6, 2)
-- values.float: type double precision becomes numeric
-- values.half: type double precision becomes real
-- values.flag: type boolean becomes integer
-- values.numeric: type numeric becomes double precision
-- values.price: type numeric(10, 2) becomes numeric(6, 1)
-- values.cost: type numeric(8, 2) becomes numeric(9, 2)
-- values.day: type date becomes timestamptz
-- values.seen: type timestamp becomes timestamptz
-- values.at: type timestamptz becomes timestamp
-- values.midnight: type timestamp becomes date
-- values.key: type uuid becomes text
-- values.mood: type text becomes enum mood
-- values.face: type enum mood becomes text
-- values.said: type text becomes jsonb
-- values.exact: type integer becomes double precision
-- values.truth: type integer becomes boolean
-- hazard: breaks-old-code: programs from before know values.longer as it was; know values.wider as it was; know values.text as it was; know values.whole as it was; know values.number as it was; know values.digits as it was; know values.decimal as it was; know values.float as it was; know values.half as it was; know values.flag as it was; know values.numeric as it was; know values.price as it was; know values.cost as it was; know values.day as it was; know values.seen as it was; know values.at as it was; know values.midnight as it was; know values.key as it was; know values.mood as it was; know values.face as it was; know values.said as it was; know values.exact as it was; know values.truth as it was
-- hazard: table-rewrite: every row of values is written again
-- hazard: long-lock: readers and writers of values wait meanwhile
ALTER TABLE "values"
    ALTER COLUMN "longer" TYPE varchar(9),
    ALTER COLUMN "wider" TYPE varchar(12),
    ALTER COLUMN "text" TYPE text,
    ALTER COLUMN "whole" TYPE smallint,
    ALTER COLUMN "number" TYPE bigint,
    ALTER COLUMN "digits" TYPE integer USING "digits"::integer,
    ALTER COLUMN "decimal" TYPE numeric(6, 2) USING "decimal"::numeric(6, 2),
    ALTER COLUMN "float" TYPE numeric,
    ALTER COLUMN "half" TYPE real,
    ALTER COLUMN "flag" TYPE integer USING "flag"::integer,
    ALTER COLUMN "numeric" TYPE double precision,
    ALTER COLUMN "price" TYPE numeric(6, 1),
    ALTER COLUMN "cost" TYPE numeric(9, 2),
    ALTER COLUMN "day" TYPE timestamptz USING "day"::timestamp AT TIME ZONE 'UTC',
    ALTER COLUMN "seen" TYPE timestamptz USING "seen" AT TIME ZONE 'UTC',
    ALTER COLUMN "at" TYPE timestamp USING "at" AT TIME ZONE 'UTC',
    ALTER COLUMN "midnight" TYPE date,
    ALTER COLUMN "key" TYPE text,
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood",
    ALTER COLUMN "face" TYPE text,
    ALTER COLUMN "said" TYPE jsonb USING "said"::jsonb,
    ALTER COLUMN "exact" TYPE double precision,
    ALTER COLUMN "truth" TYPE boolean USING "truth" <> 0;
