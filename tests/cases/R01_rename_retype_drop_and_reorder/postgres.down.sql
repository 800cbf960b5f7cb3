
-- rename column people.last_name to surname
ALTER TABLE "people" RENAME COLUMN "last_name" TO "surname";

ALTER TABLE "people" ALTER COLUMN "age" DROP DEFAULT;

-- people.age: type integer becomes text; drop default 0
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "age" TYPE text;

-- add column people.nickname text
-- hazard: data-loss: what people.nickname held does not come back
ALTER TABLE "people" ADD COLUMN "nickname" text;
