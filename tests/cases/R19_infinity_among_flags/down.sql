-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: values of parts.code that are neither 0 nor 1
SELECT "id", "code"
FROM "parts"
WHERE "code" NOT IN (0, 1);

-- parts.code: type TEXT becomes BOOLEAN
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" BOOLEAN NOT NULL
);

INSERT INTO "enamel_next_parts" (
    "id",
    "code"
)
SELECT
    "id",
    CAST("code" AS INTEGER)
FROM "parts"
ORDER BY rowid;

DROP TABLE "parts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parts" RENAME TO "parts";

PRAGMA legacy_alter_table = OFF;
