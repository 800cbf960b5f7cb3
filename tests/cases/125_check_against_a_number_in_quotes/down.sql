-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: values of parts.code that are not whole numbers
SELECT "id", "code"
FROM "parts"
WHERE CAST("code" AS INTEGER) <> "code";

-- parts.code: type NUMERIC becomes BIGINT
-- hazard: data-loss: the conversion of parts.code has no way back; it only casts
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" BIGINT NOT NULL,
    CHECK (code <> '0')
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
