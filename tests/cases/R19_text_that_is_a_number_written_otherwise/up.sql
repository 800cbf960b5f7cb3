-- enamel: rebuild people

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.zip that are not whole numbers
SELECT "id", "zip"
FROM "people"
WHERE CAST(CAST("zip" AS INTEGER) AS TEXT) <> "zip";

-- enamel: must be empty: values of people.zip that are not from -2147483648 to 2147483647
SELECT "id", "zip"
FROM "people"
WHERE CAST("zip" AS INTEGER) NOT BETWEEN -2147483648 AND 2147483647;

-- people.zip: type TEXT becomes INTEGER
-- hazard: breaks-old-code: programs from before know people.zip as it was
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "zip" INTEGER NOT NULL
);

INSERT INTO "enamel_next_people" (
    "id",
    "zip"
)
SELECT
    "id",
    CAST("zip" AS INTEGER)
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;
