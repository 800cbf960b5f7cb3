
-- hazard: validation-scan: every row of posts is looked at
-- enamel: must be empty: values of posts.text longer than 9
SELECT "id", "text"
FROM "posts"
WHERE char_length("text") > 9;

-- posts.text: type text becomes varchar(9)
-- posts.state: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know posts.text as it was; know posts.state as it was
-- hazard: table-rewrite: every row of posts is written again
-- hazard: long-lock: readers and writers of posts wait meanwhile
ALTER TABLE "posts"
    ALTER COLUMN "text" TYPE varchar(9),
    ALTER COLUMN "state" TYPE bigint;
