
-- create extension btree_gin
CREATE EXTENSION IF NOT EXISTS "btree_gin";

-- things.name: type citext becomes text
-- things.words: type hstore becomes text; NOT NULL becomes nullable
-- hazard: data-loss: the conversion of things.words has no way back; it only casts
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "name" TYPE text,
    ALTER COLUMN "words" TYPE text;

ALTER TABLE "things" ALTER COLUMN "words" DROP NOT NULL;
