-- enamel: rebuild people

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.seen that are not dates or times
SELECT "id", "seen"
FROM "people"
WHERE "seen" IS NOT NULL AND datetime("seen") IS NULL OR CAST("seen" AS NUMERIC) = "seen";

-- people.seen: type TEXT becomes DATETIME
-- hazard: breaks-old-code: programs from before know people.seen as it was
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "seen" DATETIME
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
