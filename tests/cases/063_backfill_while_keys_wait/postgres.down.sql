
-- nodes.parent_id: NOT NULL becomes nullable
ALTER TABLE "nodes" ALTER COLUMN "parent_id" DROP NOT NULL;

-- nodes.label: NOT NULL becomes nullable
ALTER TABLE "nodes" ALTER COLUMN "label" DROP NOT NULL;
