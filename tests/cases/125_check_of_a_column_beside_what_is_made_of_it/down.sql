-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: values of parts.code that are not from -2147483648 to 2147483647
SELECT "id", "code"
FROM "parts"
WHERE "code" NOT BETWEEN -2147483648 AND 2147483647;

-- drop check on parts: lower(code) = code
-- parts.code: type BIGINT becomes INTEGER
-- hazard: data-loss: the conversion of parts.code has no way back; it only casts
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" INTEGER NOT NULL
);

INSERT INTO "enamel_next_parts" (
    "id",
    "code"
)
SELECT
    "id",
    "code"
FROM "parts"
ORDER BY rowid;

DROP TABLE "parts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parts" RENAME TO "parts";

PRAGMA legacy_alter_table = OFF;
