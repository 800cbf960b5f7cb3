-- enamel: rebuild people

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that are not whole numbers
SELECT "id", "age"
FROM "people"
WHERE CAST(CAST("age" AS INTEGER) AS TEXT) <> "age";

-- enamel: must be empty: values of people.age that are not from -2147483648 to 2147483647
SELECT "id", "age"
FROM "people"
WHERE CAST("age" AS INTEGER) NOT BETWEEN -2147483648 AND 2147483647;

-- enamel: must be empty: values of people.zip that would be other numbers when read back from text
SELECT "id", "zip"
FROM "people"
WHERE typeof("zip") = 'real' AND CAST(CAST("zip" AS TEXT) AS REAL) <> "zip";

-- enamel: must be empty: values of people.score that would be other numbers when read back from text
SELECT "id", "score"
FROM "people"
WHERE CAST(CAST("score" AS TEXT) AS REAL) <> "score";

-- enamel: must be empty: values of people.ratio that are not numbers
SELECT "id", "ratio"
FROM "people"
WHERE CAST("ratio" AS REAL) <> "ratio" OR CAST("ratio" AS REAL) NOT BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308;

-- enamel: must be empty: values of people.flag that are neither 0 nor 1
SELECT "id", "flag"
FROM "people"
WHERE "flag" NOT IN (0, 1);

-- enamel: must be empty: values of people.day that are more than a date, or none
SELECT "id", "day"
FROM "people"
WHERE "day" IS NOT NULL AND date("day") IS NULL OR datetime(date("day")) IS NOT datetime("day");

-- people.age: type TEXT becomes INTEGER
-- people.zip: type INTEGER becomes TEXT
-- people.score: type DOUBLE becomes TEXT
-- people.ratio: type TEXT becomes DOUBLE
-- people.flag: type INTEGER becomes BOOLEAN
-- people.day: type DATETIME becomes DATE
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" INTEGER NOT NULL,
    "zip" TEXT NOT NULL,
    "score" TEXT,
    "ratio" DOUBLE NOT NULL,
    "flag" BOOLEAN NOT NULL,
    "day" DATE NOT NULL
);

INSERT INTO "enamel_next_people" (
    "id",
    "age",
    "zip",
    "score",
    "ratio",
    "flag",
    "day"
)
SELECT
    "id",
    CAST("age" AS INTEGER),
    CAST("zip" AS TEXT),
    CAST("score" AS TEXT),
    CAST("ratio" AS REAL),
    "flag",
    date("day")
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;
