-- enamel: convert letters.body=convert_to(body, 'UTF8')

-- hazard: validation-scan: every row of letters is looked at
-- enamel: must be empty: rows of letters that get no value for body
SELECT "id", "body"
FROM "letters"
WHERE (convert_to(body, 'UTF8')) IS NULL;

-- letters.body: type text becomes bytea
-- hazard: breaks-old-code: programs from before know letters.body as it was
-- hazard: table-rewrite: every row of letters is written again
-- hazard: long-lock: readers and writers of letters wait meanwhile
ALTER TABLE "letters" ALTER COLUMN "body" TYPE bytea USING convert_to(body, 'UTF8');
