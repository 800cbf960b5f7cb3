-- enamel: rebuild people

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.seen that are not text
SELECT "id", "seen"
FROM "people"
WHERE typeof("seen") = 'blob' OR typeof("seen") = 'real' AND CAST(CAST("seen" AS TEXT) AS REAL) <> "seen";

-- people.seen: type DATETIME becomes TEXT
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" TEXT
);

INSERT INTO "enamel_next_people" (
    "id",
    "seen"
)
SELECT
    "id",
    "seen"
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;
