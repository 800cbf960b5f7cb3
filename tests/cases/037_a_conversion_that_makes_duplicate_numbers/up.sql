-- enamel: convert readings.level=trim(level)
-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: rows of readings that get no value for level
SELECT "id", "level"
FROM "readings"
WHERE trim(level) IS NULL;

-- enamel: must be empty: rows of readings that have the same level as another
SELECT "id", "level"
FROM "readings"
WHERE (CASE WHEN CAST(trim(level) AS NUMERIC) = trim(level) THEN CAST(trim(level) AS NUMERIC) ELSE trim(level) END) IN (
    SELECT (CASE WHEN CAST(trim(level) AS NUMERIC) = trim(level) THEN CAST(trim(level) AS NUMERIC) ELSE trim(level) END)
    FROM "readings"
    GROUP BY 1
    HAVING count(*) > 1
);

-- readings.level: type TEXT becomes BIGINT
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" BIGINT NOT NULL,
    UNIQUE ("level")
);

INSERT INTO "enamel_next_readings" (
    "id",
    "level"
)
SELECT
    "id",
    trim(level)
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
