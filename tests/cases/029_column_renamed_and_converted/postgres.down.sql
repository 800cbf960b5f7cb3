
-- rename column users.postal_code to zip
ALTER TABLE "users" RENAME COLUMN "postal_code" TO "zip";

-- users.zip: type integer becomes text
-- hazard: data-loss: the conversion of users.zip has no way back; it only casts
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "zip" TYPE text;
