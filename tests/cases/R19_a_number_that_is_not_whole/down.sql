-- enamel: rebuild people

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that no floating-point number equals
SELECT "id", "age"
FROM "people"
WHERE CAST("age" AS REAL) <> "age";

-- people.age: type BIGINT becomes DOUBLE
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "age" DOUBLE NOT NULL
);

INSERT INTO "enamel_next_people" (
    "id",
    "age"
)
SELECT
    "id",
    CAST("age" AS REAL)
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;
