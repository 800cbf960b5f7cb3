-- enamel: backfill parents.age=0
-- enamel: rebuild parents

-- parents.age: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to parents.age
-- hazard: table-rewrite: every row of parents is written again
CREATE TABLE "enamel_next_parents" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    "age" INTEGER NOT NULL,
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
    COALESCE("age", 0)
FROM "parents"
ORDER BY rowid;

DROP TABLE "parents";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_parents" RENAME TO "parents";

PRAGMA legacy_alter_table = OFF;
