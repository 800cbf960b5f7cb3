
-- drop index lowered on things
DROP INDEX "lowered";

-- drop index named on things
DROP INDEX "named";

-- drop index similar on things
DROP INDEX "similar";

-- drop index documents on things
DROP INDEX "documents";

-- things.note: NOT NULL becomes nullable
-- hazard: breaks-old-code: programs from before may read NULL from things.note
ALTER TABLE "things" ALTER COLUMN "note" DROP NOT NULL;

-- add index lowered on things(lower(name))
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "lowered" ON "things" ((lower(name)));

-- add index named on things(name varchar_pattern_ops)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "named" ON "things" ("name" varchar_pattern_ops);

-- add index similar on things(name gist_trgm_ops) using gist
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "similar" ON "things" USING gist ("name" gist_trgm_ops);

-- add index documents on things(data jsonb_path_ops) using gin
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "documents" ON "things" USING gin ("data" jsonb_path_ops);
