-- enamel: rebuild readings

-- readings.level: type SMALLINT becomes BIGINT
-- hazard: table-rewrite: every row of readings is written again
CREATE TABLE "enamel_next_readings" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "level" BIGINT NOT NULL,
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
