-- enamel: convert people.zip=CAST(trim(zip, 'A-') AS INTEGER)

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: rows of people that get no value for zip
SELECT "id", "zip"
FROM "people"
WHERE (CAST(trim(zip, 'A-') AS INTEGER)) IS NULL;

-- people.zip: type text becomes integer
-- hazard: breaks-old-code: programs from before know people.zip as it was
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people" ALTER COLUMN "zip" TYPE integer USING CAST(trim(zip, 'A-') AS INTEGER);
