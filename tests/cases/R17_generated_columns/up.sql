-- enamel: drop lines.half
-- enamel: drop lines.typed
-- enamel: rebuild lines

-- drop column lines.half
-- lines.twice: drop GENERATED AS (price * 2) STORED
-- lines.typed: add GENERATED AS (price * 3) STORED
-- add column lines.four BIGINT NOT NULL GENERATED AS (price * 4) STORED
-- add column lines.five BIGINT NOT NULL GENERATED AS (price * 5) VIRTUAL
-- hazard: data-loss: the values of lines.typed are gone: it is computed from now on
-- hazard: breaks-old-code: programs from before use lines.half; know lines.twice as it was; insert into lines without twice; know lines.typed as it was
-- hazard: table-rewrite: every row of lines is written again
CREATE TABLE "enamel_next_lines" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "quantity" BIGINT NOT NULL,
    "price" BIGINT NOT NULL,
    "total" BIGINT NOT NULL GENERATED ALWAYS AS (quantity * price) STORED,
    "shown" BIGINT NOT NULL GENERATED ALWAYS AS (quantity * price + 1) VIRTUAL,
    "twice" BIGINT NOT NULL,
    "typed" BIGINT NOT NULL GENERATED ALWAYS AS (price * 3) STORED,
    "four" BIGINT NOT NULL GENERATED ALWAYS AS (price * 4) STORED,
    "five" BIGINT NOT NULL GENERATED ALWAYS AS (price * 5) VIRTUAL
);

INSERT INTO "enamel_next_lines" (
    "id",
    "quantity",
    "price",
    "twice"
)
SELECT
    "id",
    "quantity",
    "price",
    "twice"
FROM "lines"
ORDER BY rowid;

DROP TABLE "lines";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_lines" RENAME TO "lines";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_lines_total" ON "lines" ("total")
WHERE shown > 10;
