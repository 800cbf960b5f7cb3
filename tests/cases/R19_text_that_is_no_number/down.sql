-- enamel: rebuild people

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.zip that would be other numbers when read back from text
SELECT "id", "zip"
FROM "people"
WHERE typeof("zip") = 'real' AND CAST(CAST("zip" AS TEXT) AS REAL) <> "zip";

-- people.zip: type INTEGER becomes TEXT
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "zip" TEXT NOT NULL
);

INSERT INTO "enamel_next_people" (
    "id",
    "zip"
)
SELECT
    "id",
    CAST("zip" AS TEXT)
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;
