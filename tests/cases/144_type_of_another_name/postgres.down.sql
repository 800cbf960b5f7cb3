
-- create enum mood ('happy', 'sad')
CREATE TYPE "mood" AS ENUM ('happy', 'sad');

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.mood that hold 'calm'
SELECT "id", "mood"
FROM "things"
WHERE "mood" IN ('calm');

-- enamel: must be empty: values of things.moods that hold 'calm'
SELECT "id", "moods"
FROM "things"
WHERE EXISTS (SELECT 1 FROM unnest("moods") AS "enamel_element" WHERE "enamel_element" IN ('calm'));

ALTER TABLE "things" ALTER COLUMN "mood" DROP DEFAULT;

-- things.mood: type enum feeling becomes enum mood
-- things.moods: type array of enum feeling becomes array of enum mood
-- hazard: data-loss: the conversion of things.moods has no way back; it only casts
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood",
    ALTER COLUMN "moods" TYPE "mood"[] USING "moods"::text[]::"mood"[];

ALTER TABLE "things" ALTER COLUMN "mood" SET DEFAULT 'sad';

-- drop enum feeling
DROP TYPE "feeling";
