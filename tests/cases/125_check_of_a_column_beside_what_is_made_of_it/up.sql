-- enamel: convert parts.code=code * 2
-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: rows of parts that get no value for code
SELECT "id", "code"
FROM "parts"
WHERE (code * 2) IS NULL;

-- enamel: must be empty: rows of parts that break the check lower(code) = code
SELECT "id", "code"
FROM "parts"
WHERE NOT (lower(CAST(code * 2 AS NUMERIC)) = CAST(code * 2 AS NUMERIC));

-- parts.code: type INTEGER becomes BIGINT
-- add check on parts: lower(code) = code
-- hazard: breaks-old-code: programs from before know parts.code as it was; may write to parts what is refused from now on
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" BIGINT NOT NULL,
    CHECK (lower(code) = code)
);

INSERT INTO "enamel_next_parts" (
    "id",
    "code"
)
SELECT
    "id",
    code * 2
FROM "parts"
ORDER BY rowid;

DROP TABLE "parts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parts" RENAME TO "parts";

PRAGMA legacy_alter_table = OFF;
