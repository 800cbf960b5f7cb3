-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: values of parts.code that are not numbers
SELECT "id", "code"
FROM "parts"
WHERE CAST("code" AS NUMERIC) <> "code" OR CAST("code" AS NUMERIC) NOT BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308;

-- parts.code: type TEXT becomes NUMERIC
-- hazard: breaks-old-code: programs from before know parts.code as it was
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" NUMERIC NOT NULL
);

INSERT INTO "enamel_next_parts" (
    "id",
    "code"
)
SELECT
    "id",
    CAST("code" AS NUMERIC)
FROM "parts"
ORDER BY rowid;

DROP TABLE "parts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parts" RENAME TO "parts";

PRAGMA legacy_alter_table = OFF;
