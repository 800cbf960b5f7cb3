-- enamel: backfill counteds.note=''
-- enamel: backfill emptied.note=''
-- enamel: backfill lines.note=''
-- enamel: backfill pairs.note=''
-- enamel: backfill readings.note=''
-- enamel: backfill tags.note=''

-- hazard: table-rewrite: every row of counteds is written again
UPDATE "counteds"
SET "note" = ''
WHERE "note" IS NULL;

-- hazard: table-rewrite: every row of emptied is written again
UPDATE "emptied"
SET "note" = ''
WHERE "note" IS NULL;

-- hazard: table-rewrite: every row of lines is written again
UPDATE "lines"
SET "note" = ''
WHERE "note" IS NULL;

-- hazard: table-rewrite: every row of pairs is written again
UPDATE "pairs"
SET "note" = ''
WHERE "note" IS NULL;

-- hazard: table-rewrite: every row of readings is written again
UPDATE "readings"
SET "note" = ''
WHERE "note" IS NULL;

-- hazard: table-rewrite: every row of tags is written again
UPDATE "tags"
SET "note" = ''
WHERE "note" IS NULL;

-- counteds.note: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to counteds.note
-- hazard: long-lock: readers and writers of counteds wait meanwhile
-- hazard: validation-scan: every row of counteds is looked at
ALTER TABLE "counteds" ALTER COLUMN "note" SET NOT NULL;

-- emptied.note: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to emptied.note
-- hazard: long-lock: readers and writers of emptied wait meanwhile
-- hazard: validation-scan: every row of emptied is looked at
ALTER TABLE "emptied" ALTER COLUMN "note" SET NOT NULL;

-- lines.note: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to lines.note
-- hazard: long-lock: readers and writers of lines wait meanwhile
-- hazard: validation-scan: every row of lines is looked at
ALTER TABLE "lines" ALTER COLUMN "note" SET NOT NULL;

-- pairs.note: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to pairs.note
-- hazard: long-lock: readers and writers of pairs wait meanwhile
-- hazard: validation-scan: every row of pairs is looked at
ALTER TABLE "pairs" ALTER COLUMN "note" SET NOT NULL;

-- readings.note: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to readings.note
-- hazard: long-lock: readers and writers of readings wait meanwhile
-- hazard: validation-scan: every row of readings is looked at
ALTER TABLE "readings" ALTER COLUMN "note" SET NOT NULL;

-- tags.note: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to tags.note
-- hazard: long-lock: readers and writers of tags wait meanwhile
-- hazard: validation-scan: every row of tags is looked at
ALTER TABLE "tags" ALTER COLUMN "note" SET NOT NULL;
