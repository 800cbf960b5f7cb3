-- enamel: rebuild things

-- add column things.double_price BIGINT NOT NULL GENERATED AS (price * 2) STORED
-- hazard: table-rewrite: every row of things is written again
CREATE TABLE "enamel_next_things" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "price" BIGINT NOT NULL,
    "double_price" BIGINT NOT NULL GENERATED ALWAYS AS (price * 2) STORED
);

INSERT INTO "enamel_next_things" (
    "id",
    "price"
)
SELECT
    "id",
    "price"
FROM "things"
ORDER BY rowid;

DROP TABLE "things";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_things" RENAME TO "things";

PRAGMA legacy_alter_table = OFF;
