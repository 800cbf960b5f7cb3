-- enamel: rebuild people

-- rename column people.last_name to surname
ALTER TABLE "people" RENAME COLUMN "last_name" TO "surname";

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that would be other numbers when read back from text
SELECT "id", "age"
FROM "people"
WHERE typeof("age") = 'real' AND CAST(CAST("age" AS TEXT) AS REAL) <> "age";

-- people.age: type INTEGER becomes TEXT; drop default 0
-- add column people.nickname TEXT
-- hazard: data-loss: what people.nickname held does not come back
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "surname" TEXT NOT NULL,
    "age" TEXT NOT NULL,
    "nickname" TEXT,
    "born" TEXT
);

INSERT INTO "enamel_next_people" (
    "id",
    "surname",
    "age",
    "born"
)
SELECT
    "id",
    "surname",
    CAST("age" AS TEXT),
    "born"
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_people_surname_age" ON "people" ("surname", "age");
