-- enamel: backfill nodes.label='none'
-- enamel: backfill nodes.parent_id=id

-- hazard: table-rewrite: every row of nodes is written again
UPDATE "nodes"
SET "parent_id" = id
WHERE "parent_id" IS NULL;

UPDATE "nodes"
SET "label" = 'none'
WHERE "label" IS NULL;

SET CONSTRAINTS ALL IMMEDIATE;

-- hazard: validation-scan: every row of nodes is looked at
-- enamel: must be empty: NULLs in nodes.parent_id
SELECT "id", "parent_id"
FROM "nodes"
WHERE "parent_id" IS NULL;

-- nodes.parent_id: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to nodes.parent_id
-- hazard: long-lock: readers and writers of nodes wait meanwhile
-- hazard: validation-scan: every row of nodes is looked at
ALTER TABLE "nodes" ALTER COLUMN "parent_id" SET NOT NULL;

-- nodes.label: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to nodes.label
-- hazard: long-lock: readers and writers of nodes wait meanwhile
-- hazard: validation-scan: every row of nodes is looked at
ALTER TABLE "nodes" ALTER COLUMN "label" SET NOT NULL;
