
-- things.age: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know things.age as it was
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "age" TYPE bigint;

-- things.other: NOT NULL becomes nullable
-- hazard: breaks-old-code: programs from before may read NULL from things.other
ALTER TABLE "things" ALTER COLUMN "other" DROP NOT NULL;
