-- enamel: rename people.surname=last_name
-- enamel: drop people.nickname
-- enamel: rebuild people

-- rename column people.surname to last_name
-- hazard: breaks-old-code: programs from before use people.surname
ALTER TABLE "people" RENAME COLUMN "surname" TO "last_name";

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that are not whole numbers
SELECT "id", "age"
FROM "people"
WHERE CAST(CAST("age" AS INTEGER) AS TEXT) <> "age";

-- enamel: must be empty: values of people.age that are not from -2147483648 to 2147483647
SELECT "id", "age"
FROM "people"
WHERE CAST("age" AS INTEGER) NOT BETWEEN -2147483648 AND 2147483647;

-- drop column people.nickname
-- people.age: type TEXT becomes INTEGER; add default 0
-- hazard: data-loss: the values of people.nickname are gone
-- hazard: breaks-old-code: programs from before use people.nickname; know people.age as it was
-- hazard: table-rewrite: every row of people is written again
CREATE TABLE "enamel_next_people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "born" TEXT,
    "age" INTEGER NOT NULL DEFAULT 0,
    "last_name" TEXT NOT NULL
);

INSERT INTO "enamel_next_people" (
    "id",
    "born",
    "age",
    "last_name"
)
SELECT
    "id",
    "born",
    CAST("age" AS INTEGER),
    "last_name"
FROM "people"
ORDER BY rowid;

DROP TABLE "people";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_people" RENAME TO "people";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_people_surname_age" ON "people" ("last_name", "age");
