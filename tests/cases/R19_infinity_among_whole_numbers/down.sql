-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: values of parts.code that are not whole numbers
SELECT "id", "code"
FROM "parts"
WHERE CAST(CAST("code" AS INTEGER) AS TEXT) <> "code";

-- parts.code: type TEXT becomes BIGINT
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" BIGINT NOT NULL
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
