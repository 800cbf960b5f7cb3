
-- counteds.note: NOT NULL becomes nullable
ALTER TABLE "counteds" ALTER COLUMN "note" DROP NOT NULL;

-- emptied.note: NOT NULL becomes nullable
ALTER TABLE "emptied" ALTER COLUMN "note" DROP NOT NULL;

-- lines.note: NOT NULL becomes nullable
ALTER TABLE "lines" ALTER COLUMN "note" DROP NOT NULL;

-- pairs.note: NOT NULL becomes nullable
ALTER TABLE "pairs" ALTER COLUMN "note" DROP NOT NULL;

-- readings.note: NOT NULL becomes nullable
ALTER TABLE "readings" ALTER COLUMN "note" DROP NOT NULL;

-- tags.note: NOT NULL becomes nullable
ALTER TABLE "tags" ALTER COLUMN "note" DROP NOT NULL;
