
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.age that are too large
SELECT "id", "age"
FROM "things"
WHERE "age" NOT BETWEEN -2147483648 AND 2147483647;

-- things.age: type bigint becomes integer
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "age" TYPE integer;

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: NULLs in things.other
SELECT "id", "other"
FROM "things"
WHERE "other" IS NULL;

-- things.other: nullable becomes NOT NULL
-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ALTER COLUMN "other" SET NOT NULL;
