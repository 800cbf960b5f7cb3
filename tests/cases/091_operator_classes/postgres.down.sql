
-- drop index lowered on things
DROP INDEX "lowered";

-- drop index named on things
DROP INDEX "named";

-- drop index similar on things
DROP INDEX "similar";

-- drop index documents on things
DROP INDEX "documents";

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: NULLs in things.note
SELECT "id", "note"
FROM "things"
WHERE "note" IS NULL;

-- things.note: nullable becomes NOT NULL
-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ALTER COLUMN "note" SET NOT NULL;

-- add index lowered on things(lower(name) text_pattern_ops)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "lowered" ON "things" ((lower(name)) text_pattern_ops);

-- add index named on things(name)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "named" ON "things" ("name");

-- add index similar on things(name gin_trgm_ops) using gin
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "similar" ON "things" USING gin ("name" gin_trgm_ops);

-- add index documents on things(data) using gin
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "documents" ON "things" USING gin ("data");
