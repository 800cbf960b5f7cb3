
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.code longer than 6
SELECT "id", "code"
FROM "users"
WHERE char_length("code") > 6;

-- users.code: type varchar(12) becomes varchar(6)
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "code" TYPE varchar(6);
