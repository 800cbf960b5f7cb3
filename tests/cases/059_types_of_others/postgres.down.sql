
-- drop check on things: NOT isempty(stretch)
ALTER TABLE "things" DROP CONSTRAINT "ck_things_stretch";

-- drop index ix_things_search on things
DROP INDEX "ix_things_search";

-- things.email: drop default 'a@b'
ALTER TABLE "things" ALTER COLUMN "email" DROP DEFAULT;

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: NULLs in things.count
SELECT "id", "count"
FROM "things"
WHERE "count" IS NULL;

-- things.count: nullable becomes NOT NULL
-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ALTER COLUMN "count" SET NOT NULL;

-- things.pair: drop default ROW(1, 'x')::pair
ALTER TABLE "things" ALTER COLUMN "pair" DROP DEFAULT;

-- things.odd: NOT NULL becomes nullable
ALTER TABLE "things" ALTER COLUMN "odd" DROP NOT NULL;

-- drop column things.card
-- hazard: data-loss: the values of things.card are gone
ALTER TABLE "things" DROP COLUMN "card";
