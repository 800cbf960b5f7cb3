
-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.born that are not dates
SELECT "id", "born"
FROM "people"
WHERE "born" !~ '^([0-9]{4,6}-[0-9]{2}-[0-9]{2}( BC)?|-?infinity)$';

-- enamel: must be empty: values of people.at that are not times without a zone
SELECT "id", "at"
FROM "people"
WHERE "at" !~ '^([0-9]{4,6}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?( BC)?|-?infinity)$';

-- enamel: must be empty: values of people.seen that are not times with a zone
SELECT "id", "seen"
FROM "people"
WHERE "seen" !~ '^([0-9]{4,6}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)? ?(Z|[-+][0-9]{2}(:?[0-9]{2}(:[0-9]{2})?)?)( BC)?|-?infinity)$';

-- enamel: must be empty: values of people.wakes that are not times of a day
SELECT "id", "wakes"
FROM "people"
WHERE "wakes" !~ '^[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?$';

-- enamel: must be empty: values of people.weight that are not numbers
SELECT "id", "weight"
FROM "people"
WHERE "weight" !~ '^(-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?|NaN|-?Infinity)$';

-- people.born: type text becomes date
-- people.at: type text becomes timestamp
-- people.seen: type text becomes timestamptz
-- people.wakes: type text becomes time
-- people.weight: type text becomes double precision
-- hazard: breaks-old-code: programs from before know people.born as it was; know people.at as it was; know people.seen as it was; know people.wakes as it was; know people.weight as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people"
    ALTER COLUMN "born" TYPE date USING "born"::date,
    ALTER COLUMN "at" TYPE timestamp USING "at"::timestamp,
    ALTER COLUMN "seen" TYPE timestamptz USING "seen"::timestamptz,
    ALTER COLUMN "wakes" TYPE time USING "wakes"::time,
    ALTER COLUMN "weight" TYPE double precision USING "weight"::double precision;
