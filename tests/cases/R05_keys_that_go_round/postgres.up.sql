-- enamel: backfill nodes.label='no label'

-- hazard: table-rewrite: every row of nodes is written again
UPDATE "nodes"
SET "label" = 'no label'
WHERE "label" IS NULL;

-- hazard: validation-scan: every row of companies is looked at
-- enamel: must be empty: rows of companies that break the check length(note) < 100
SELECT "id", "note"
FROM "companies"
WHERE NOT (length(note) < 100);

-- add check on companies: length(note) < 100
-- hazard: breaks-old-code: programs from before may write to companies what is refused from now on
-- hazard: long-lock: readers and writers of companies wait meanwhile
-- hazard: validation-scan: every row of companies is looked at
ALTER TABLE "companies" ADD CONSTRAINT "ck_companies_note" CHECK (length(note) < 100);

-- nodes.label: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to nodes.label
-- hazard: long-lock: readers and writers of nodes wait meanwhile
-- hazard: validation-scan: every row of nodes is looked at
ALTER TABLE "nodes" ALTER COLUMN "label" SET NOT NULL;
