
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.zip that are not whole numbers
SELECT "id", "zip"
FROM "people"
WHERE "zip" !~ '^(0|-?[1-9][0-9]*)$';

-- enamel: must be empty: values of people.score that are not numbers
SELECT "id", "score"
FROM "people"
WHERE "score" !~ '^(-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?|NaN|-?Infinity)$';

-- people.age: type integer becomes text
-- people.zip: type text becomes integer
-- people.score: type text becomes double precision
-- people.ratio: type double precision becomes text
-- people.flag: type boolean becomes integer
-- people.day: type date becomes timestamp
-- hazard: breaks-old-code: programs from before know people.age as it was; know people.zip as it was; know people.score as it was; know people.ratio as it was; know people.flag as it was; know people.day as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people"
    ALTER COLUMN "age" TYPE text,
    ALTER COLUMN "zip" TYPE integer USING "zip"::integer,
    ALTER COLUMN "score" TYPE double precision USING "score"::double precision,
    ALTER COLUMN "ratio" TYPE text,
    ALTER COLUMN "flag" TYPE integer USING "flag"::integer,
    ALTER COLUMN "day" TYPE timestamp;
