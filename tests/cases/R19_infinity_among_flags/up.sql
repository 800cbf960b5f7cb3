-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: values of parts.code that would be other numbers when read back from text
SELECT "id", "code"
FROM "parts"
WHERE typeof("code") = 'real' AND CAST(CAST("code" AS TEXT) AS REAL) <> "code";

-- parts.code: type BOOLEAN becomes TEXT
-- hazard: breaks-old-code: programs from before know parts.code as it was
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL
);

INSERT INTO "enamel_next_parts" (
    "id",
    "code"
)
SELECT
    "id",
    CAST("code" AS TEXT)
FROM "parts"
ORDER BY rowid;

DROP TABLE "parts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parts" RENAME TO "parts";

PRAGMA legacy_alter_table = OFF;
