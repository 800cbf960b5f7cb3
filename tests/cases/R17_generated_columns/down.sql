-- enamel: rebuild lines

-- drop column lines.four
-- drop column lines.five
-- lines.twice: add GENERATED AS (price * 2) STORED
-- lines.typed: drop GENERATED AS (price * 3) STORED
-- add column lines.half BIGINT GENERATED AS (price / 2) VIRTUAL
-- hazard: data-loss: the values of lines.twice are gone: it is computed from now on
-- hazard: table-rewrite: every row of lines is written again
CREATE TABLE "enamel_next_lines" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "quantity" BIGINT NOT NULL,
    "price" BIGINT NOT NULL,
    "total" BIGINT NOT NULL GENERATED ALWAYS AS (quantity * price) STORED,
    "shown" BIGINT NOT NULL GENERATED ALWAYS AS (quantity * price + 1) VIRTUAL,
    "half" BIGINT GENERATED ALWAYS AS (price / 2) VIRTUAL,
    "twice" BIGINT NOT NULL GENERATED ALWAYS AS (price * 2) STORED,
    "typed" BIGINT NOT NULL
);

INSERT INTO "enamel_next_lines" (
    "id",
    "quantity",
    "price",
    "typed"
)
SELECT
    "id",
    "quantity",
    "price",
    "typed"
FROM "lines"
ORDER BY rowid;

DROP TABLE "lines";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_lines" RENAME TO "lines";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_lines_total" ON "lines" ("total")
WHERE shown > 10;
