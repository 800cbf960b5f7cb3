-- enamel: convert things.moods=moods::text[]::feeling[]

-- create enum feeling ('happy', 'sad', 'calm')
CREATE TYPE "feeling" AS ENUM ('happy', 'sad', 'calm');

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that get no value for moods
SELECT "id", "moods"
FROM "things"
WHERE (moods::text[]::feeling[]) IS NULL;

ALTER TABLE "things" ALTER COLUMN "mood" DROP DEFAULT;

-- things.mood: type enum mood becomes enum feeling
-- things.moods: type array of enum mood becomes array of enum feeling
-- hazard: breaks-old-code: programs from before know things.mood as it was; know things.moods as it was
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things"
    ALTER COLUMN "mood" TYPE "feeling" USING "mood"::text::"feeling",
    ALTER COLUMN "moods" TYPE "feeling"[] USING moods::text[]::feeling[];

ALTER TABLE "things" ALTER COLUMN "mood" SET DEFAULT 'sad';

-- drop enum mood
DROP TYPE "mood";
