
-- drop check on companies: length(note) < 100
ALTER TABLE "companies" DROP CONSTRAINT "ck_companies_note";

-- nodes.label: NOT NULL becomes nullable
ALTER TABLE "nodes" ALTER COLUMN "label" DROP NOT NULL;
