
-- hazard: validation-scan: every row of posts is looked at
-- enamel: must be empty: values of posts.state that are too large
SELECT "id", "state"
FROM "posts"
WHERE "state" NOT BETWEEN -2147483648 AND 2147483647;

-- posts.text: type varchar(9) becomes text
-- posts.state: type bigint becomes integer
-- hazard: table-rewrite: every row of posts is written again
-- hazard: long-lock: readers and writers of posts wait meanwhile
ALTER TABLE "posts"
    ALTER COLUMN "text" TYPE text,
    ALTER COLUMN "state" TYPE integer;
