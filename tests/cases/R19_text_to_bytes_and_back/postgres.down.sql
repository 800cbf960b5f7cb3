
-- hazard: validation-scan: every row of letters is looked at
-- enamel: must be empty: rows of letters that get no value for body
SELECT "id", "body"
FROM "letters"
WHERE (convert_from("body", 'UTF8')) IS NULL;

-- letters.body: type bytea becomes text
-- hazard: data-loss: the conversion of letters.body has no way back; it only casts
-- hazard: table-rewrite: every row of letters is written again
-- hazard: long-lock: readers and writers of letters wait meanwhile
ALTER TABLE "letters" ALTER COLUMN "body" TYPE text USING convert_from("body", 'UTF8');
