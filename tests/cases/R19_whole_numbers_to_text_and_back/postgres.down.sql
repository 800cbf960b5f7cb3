
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that are not whole numbers
SELECT "id", "age"
FROM "people"
WHERE "age" !~ '^(0|-?[1-9][0-9]*)$';

-- enamel: must be empty: values of people.ratio that are not numbers
SELECT "id", "ratio"
FROM "people"
WHERE "ratio" !~ '^(-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?|NaN|-?Infinity)$';

-- enamel: must be empty: values of people.flag that are neither 0 nor 1
SELECT "id", "flag"
FROM "people"
WHERE "flag" NOT IN (0, 1);

-- enamel: must be empty: values of people.day that are more than a date
SELECT "id", "day"
FROM "people"
WHERE "day" <> date_trunc('day', "day");

-- people.age: type text becomes integer
-- people.zip: type integer becomes text
-- people.score: type double precision becomes text
-- people.ratio: type text becomes double precision
-- people.flag: type integer becomes boolean
-- people.day: type timestamp becomes date
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people"
    ALTER COLUMN "age" TYPE integer USING "age"::integer,
    ALTER COLUMN "zip" TYPE text,
    ALTER COLUMN "score" TYPE text,
    ALTER COLUMN "ratio" TYPE double precision USING "ratio"::double precision,
    ALTER COLUMN "flag" TYPE boolean USING "flag" <> 0,
    ALTER COLUMN "day" TYPE date;
