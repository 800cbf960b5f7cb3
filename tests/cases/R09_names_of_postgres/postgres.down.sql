
-- rename table ſtraße to Straße
ALTER TABLE "ſtraße" RENAME TO "Straße";

-- rename column SELECT.KIND to Kind
ALTER TABLE "SELECT" RENAME COLUMN "KIND" TO "Kind";

-- rename column Straße.to to "quo""te"
ALTER TABLE "Straße" RENAME COLUMN "to" TO "quo""te";

-- enum "Odd ""Kind""": drop value 'new '''' "one"'
ALTER TYPE "Odd ""Kind""" RENAME TO "enamel_previous_Odd ""Kind""";

CREATE TYPE "Odd ""Kind""" AS ENUM ('it''s', '$$ \ ;--');

-- hazard: validation-scan: every row of SELECT is looked at
-- enamel: must be empty: values of SELECT.loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one that are too large
SELECT "user", "loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one"
FROM "SELECT"
WHERE "loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one" NOT BETWEEN -2147483648 AND 2147483647;

-- enamel: must be empty: values of SELECT.Kind that hold 'new '''' "one"'
SELECT "user", "Kind"
FROM "SELECT"
WHERE "Kind" IN ('new '''' "one"');

ALTER TABLE "SELECT" ALTER COLUMN "Kind" DROP DEFAULT;

-- SELECT.loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one: type bigint becomes integer
-- SELECT.Kind: default 'it''s' becomes '$$ \ ;--'
-- hazard: table-rewrite: every row of SELECT is written again
-- hazard: long-lock: readers and writers of SELECT wait meanwhile
ALTER TABLE "SELECT"
    ALTER COLUMN "loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one" TYPE integer,
    ALTER COLUMN "Kind" TYPE "Odd ""Kind""" USING "Kind"::text::"Odd ""Kind""";

-- SELECT."a$b": default '$b$ -- ''; \' becomes '$$ -- ''; \'
ALTER TABLE "SELECT" ALTER COLUMN "a$b" SET DEFAULT '$$ -- ''; \';

ALTER TABLE "SELECT" ALTER COLUMN "Kind" SET DEFAULT '$$ \ ;--';

DROP TYPE "enamel_previous_Odd ""Kind""";
