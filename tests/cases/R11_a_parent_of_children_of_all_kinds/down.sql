-- enamel: rebuild parents

-- parents.age: NOT NULL becomes nullable
-- hazard: table-rewrite: every row of parents is written again
CREATE TABLE "enamel_next_parents" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    "age" INTEGER,
    UNIQUE ("code")
);

INSERT INTO "enamel_next_parents" (
    "id",
    "code",
    "age"
)
SELECT
    "id",
    "code",
    "age"
FROM "parents"
ORDER BY rowid;

DROP TABLE "parents";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parents" RENAME TO "parents";

PRAGMA legacy_alter_table = OFF;
