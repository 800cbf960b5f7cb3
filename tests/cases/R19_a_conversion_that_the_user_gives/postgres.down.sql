
-- people.zip: type integer becomes text
-- hazard: data-loss: the conversion of people.zip has no way back; it only casts
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "zip" TYPE text;
