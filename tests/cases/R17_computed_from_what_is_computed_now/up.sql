-- enamel: drop readings.level
-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not text
SELECT "id"
FROM "readings"
WHERE typeof((CASE WHEN typeof(id || '!') IN ('integer', 'real') THEN CAST(id || '!' AS TEXT) ELSE (id || '!') END)) = 'blob';

-- enamel: must be empty: values of readings.shown that are not whole numbers
SELECT "id"
FROM "readings"
WHERE typeof((CASE WHEN CAST((CASE WHEN typeof(id || '!') IN ('integer', 'real') THEN CAST(id || '!' AS TEXT) ELSE (id || '!') END) AS NUMERIC) = ((CASE WHEN typeof(id || '!') IN ('integer', 'real') THEN CAST(id || '!' AS TEXT) ELSE (id || '!') END)) THEN CAST((CASE WHEN typeof(id || '!') IN ('integer', 'real') THEN CAST(id || '!' AS TEXT) ELSE (id || '!') END) AS NUMERIC) ELSE ((CASE WHEN typeof(id || '!') IN ('integer', 'real') THEN CAST(id || '!' AS TEXT) ELSE (id || '!') END)) END)) NOT IN ('integer', 'null');

-- enamel: must be empty: rows of readings that get no value for shown
SELECT "id", "level"
FROM "readings"
WHERE ((CASE WHEN typeof(id || '!') IN ('integer', 'real') THEN CAST(id || '!' AS TEXT) ELSE (id || '!') END)) IS NULL;

-- readings.level: add GENERATED AS (id || '!') VIRTUAL
-- hazard: data-loss: the values of readings.level are gone: it is computed from now on
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" TEXT NOT NULL GENERATED ALWAYS AS (id || '!') VIRTUAL,
    "shown" INTEGER NOT NULL GENERATED ALWAYS AS (level) VIRTUAL
) STRICT;

INSERT INTO "enamel_next_readings" (
    "id"
)
SELECT
    "id"
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
