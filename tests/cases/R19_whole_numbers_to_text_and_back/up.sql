-- enamel: rebuild people

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that would be other numbers when read back from text
SELECT "id", "age"
FROM "people"
WHERE typeof("age") = 'real' AND CAST(CAST("age" AS TEXT) AS REAL) <> "age";

-- enamel: must be empty: values of people.zip that are not whole numbers
SELECT "id", "zip"
FROM "people"
WHERE CAST(CAST("zip" AS INTEGER) AS TEXT) <> "zip";

-- enamel: must be empty: values of people.zip that are not from -2147483648 to 2147483647
SELECT "id", "zip"
FROM "people"
WHERE CAST("zip" AS INTEGER) NOT BETWEEN -2147483648 AND 2147483647;

-- enamel: must be empty: values of people.score that are not numbers
SELECT "id", "score"
FROM "people"
WHERE CAST("score" AS REAL) <> "score" OR CAST("score" AS REAL) NOT BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308;

-- enamel: must be empty: values of people.ratio that would be other numbers when read back from text
SELECT "id", "ratio"
FROM "people"
WHERE CAST(CAST("ratio" AS TEXT) AS REAL) <> "ratio";

-- enamel: must be empty: values of people.day that are not dates or times
SELECT "id", "day"
FROM "people"
WHERE "day" IS NOT NULL AND datetime("day") IS NULL;

-- people.age: type INTEGER becomes TEXT
-- people.zip: type TEXT becomes INTEGER
-- people.score: type TEXT becomes DOUBLE
-- people.ratio: type DOUBLE becomes TEXT
-- people.flag: type BOOLEAN becomes INTEGER
-- people.day: type DATE becomes DATETIME
-- hazard: breaks-old-code: programs from before know people.age as it was; know people.zip as it was; know people.score as it was; know people.ratio as it was; know people.flag as it was; know people.day as it was
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" TEXT NOT NULL,
    "zip" INTEGER NOT NULL,
    "score" DOUBLE,
    "ratio" TEXT NOT NULL,
    "flag" INTEGER NOT NULL,
    "day" DATETIME NOT NULL
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
    CAST("age" AS TEXT),
    CAST("zip" AS INTEGER),
    CAST("score" AS REAL),
    CAST("ratio" AS TEXT),
    "flag",
    datetime("day")
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;
