
-- drop index kept on things
DROP INDEX "kept";

-- drop unique things(one, other) nulls not distinct
ALTER TABLE "things" DROP CONSTRAINT "uq_things_one_other";

-- drop unique other_once on things(other) deferrable
ALTER TABLE "things" DROP CONSTRAINT "other_once";

-- drop unique things(third)
ALTER TABLE "things" DROP CONSTRAINT "uq_things_third";

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.third that are too large
SELECT "id", "third"
FROM "things"
WHERE "third" NOT BETWEEN -2147483648 AND 2147483647;

-- things.third: type bigint becomes integer
-- hazard: data-loss: the conversion of things.third has no way back; it only casts
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "third" TYPE integer;

-- add unique things(one, other)
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "uq_things_one_other" UNIQUE ("one", "other");

-- add unique other_once on things(other)
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "other_once" UNIQUE ("other");

-- add unique things(third) deferrable
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "uq_things_third" UNIQUE ("third") DEFERRABLE INITIALLY IMMEDIATE;

-- add unique kept on things(one, third)
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "kept" UNIQUE ("one", "third");
