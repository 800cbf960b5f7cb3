
-- people.born: type date becomes text
-- people.at: type timestamp becomes text
-- people.seen: type timestamptz becomes text
-- people.wakes: type time becomes text
-- people.weight: type double precision becomes text
-- hazard: table-rewrite: every row of people is written again
-- hazard: long-lock: readers and writers of people wait meanwhile
ALTER TABLE "people"
    ALTER COLUMN "born" TYPE text,
    ALTER COLUMN "at" TYPE text,
    ALTER COLUMN "seen" TYPE text,
    ALTER COLUMN "wakes" TYPE text,
    ALTER COLUMN "weight" TYPE text;
