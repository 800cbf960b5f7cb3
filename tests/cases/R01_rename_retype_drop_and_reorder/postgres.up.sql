-- enamel: rename people.surname=last_name
-- enamel: drop people.nickname

-- rename column people.surname to last_name
-- hazard: breaks-old-code: programs from before use people.surname
ALTER TABLE "people" RENAME COLUMN "surname" TO "last_name";

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: values of people.age that are not whole numbers
SELECT "id", "age"
FROM "people"
WHERE "age" !~ '^(0|-?[1-9][0-9]*)$';

-- people.age: type text becomes integer; add default 0
-- hazard: breaks-old-code: programs from before know people.age as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "age" TYPE integer USING "age"::integer;

ALTER TABLE "people" ALTER COLUMN "age" SET DEFAULT 0;

-- drop column people.nickname
-- hazard: data-loss: the values of people.nickname are gone
-- hazard: breaks-old-code: programs from before use people.nickname
ALTER TABLE "people" DROP COLUMN "nickname";
