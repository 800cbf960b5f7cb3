-- enamel: rebuild readings

-- hazard: validation-scan: every row of readings is looked at
-- enamel: must be empty: values of readings.level that are not from -32768 to 32767
SELECT "id", "level"
FROM "readings"
WHERE "level" NOT BETWEEN -32768 AND 32767;

-- enamel: must be empty: values of readings.step that are not from 0 to 255
SELECT "id", "step"
FROM "readings"
WHERE "step" NOT BETWEEN 0 AND 255;

-- readings.level: type BIGINT becomes SMALLINT
-- hazard: breaks-old-code: programs from before know readings.level as it was
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" SMALLINT NOT NULL,
    "step" INTEGER NOT NULL
);

INSERT INTO "enamel_next_readings" (
    "id",
    "level",
    "step"
)
SELECT
    "id",
    "level",
    "step"
FROM "readings"
ORDER BY rowid;

DROP TABLE "readings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_readings" RENAME TO "readings";

PRAGMA legacy_alter_table = OFF;
