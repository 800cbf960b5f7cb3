-- enamel: rebuild readings

-- readings.level: drop GENERATED AS (id || '!') VIRTUAL
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" TEXT NOT NULL,
    "shown" INTEGER NOT NULL GENERATED ALWAYS AS (level) VIRTUAL
) STRICT;

INSERT INTO "enamel_next_readings" (
    "id",
    "level"
)
SELECT
    "id",
    "level"
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
