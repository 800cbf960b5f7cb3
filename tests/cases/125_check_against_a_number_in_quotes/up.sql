-- enamel: convert parts.code='no. ' || code
-- enamel: rebuild parts

-- hazard: validation-scan: every row of parts is looked at
-- enamel: must be empty: rows of parts that get no value for code
SELECT "id", "code"
FROM "parts"
WHERE ('no. ' || code) IS NULL;

-- enamel: must be empty: rows of parts that break the check code <> '0'
SELECT "id", "code"
FROM "parts"
WHERE NOT (((CASE WHEN CAST('no. ' || code AS NUMERIC) = ('no. ' || code) THEN CAST('no. ' || code AS NUMERIC) ELSE ('no. ' || code) END)) <> CAST('0' AS NUMERIC));

-- parts.code: type BIGINT becomes NUMERIC
-- hazard: breaks-old-code: programs from before know parts.code as it was
-- hazard: table-rewrite: every row of parts is written again
CREATE TABLE "enamel_next_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" NUMERIC NOT NULL,
    CHECK (code <> '0')
);

INSERT INTO "enamel_next_parts" (
    "id",
    "code"
)
SELECT
    "id",
    'no. ' || code
FROM "parts"
ORDER BY rowid;

DROP TABLE "parts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parts" RENAME TO "parts";

PRAGMA legacy_alter_table = OFF;
