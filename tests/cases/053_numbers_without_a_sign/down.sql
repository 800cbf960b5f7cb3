-- enamel: rebuild things

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.small that are not from 0 to 255
SELECT "id", "small"
FROM "things"
WHERE "small" NOT BETWEEN 0 AND 255;

-- enamel: must be empty: values of things.medium that are not from 0 to 65535
SELECT "id", "medium"
FROM "things"
WHERE "medium" NOT BETWEEN 0 AND 65535;

-- enamel: must be empty: values of things.large that are not from 0 to 4294967295
SELECT "id", "large"
FROM "things"
WHERE "large" NOT BETWEEN 0 AND 4294967295;

-- things.small: type SMALLINT becomes INTEGER
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "small" INTEGER NOT NULL,
    "medium" INTEGER NOT NULL,
    "large" BIGINT NOT NULL
);

INSERT INTO "enamel_next_things" (
    "id",
    "small",
    "medium",
    "large"
)
SELECT
    "id",
    "small",
    "medium",
    "large"
FROM "things"
ORDER BY rowid;

DROP TABLE "things";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_things" RENAME TO "things";

PRAGMA legacy_alter_table = OFF;
