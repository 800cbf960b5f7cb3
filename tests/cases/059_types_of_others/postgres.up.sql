-- enamel: backfill things.odd='a b'

-- add column things.card macaddr8
ALTER TABLE "things" ADD COLUMN "card" macaddr8;

-- hazard: table-rewrite: every row of things is written again
UPDATE "things"
SET "odd" = 'a b'
WHERE "odd" IS NULL;

-- things.email: add default 'a@b'
ALTER TABLE "things" ALTER COLUMN "email" SET DEFAULT 'a@b';

-- things.count: NOT NULL becomes nullable
-- hazard: breaks-old-code: programs from before may read NULL from things.count
ALTER TABLE "things" ALTER COLUMN "count" DROP NOT NULL;

-- things.pair: add default ROW(1, 'x')::pair
ALTER TABLE "things" ALTER COLUMN "pair" SET DEFAULT (ROW(1, 'x')::pair);

-- things.odd: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to things.odd
-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ALTER COLUMN "odd" SET NOT NULL;

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that break the check NOT isempty(stretch)
SELECT "id", "stretch"
FROM "things"
WHERE NOT (NOT isempty(stretch));

-- add check on things: NOT isempty(stretch)
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ADD CONSTRAINT "ck_things_stretch" CHECK (NOT isempty(stretch));

-- add index ix_things_search on things(search) using gin
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "ix_things_search" ON "things" USING gin ("search");
