-- enamel: convert things.third=third + 1

-- enamel: must be empty: servers older than PostgreSQL 15, which know no NULLS NOT DISTINCT
SELECT current_setting('server_version') AS "version"
WHERE current_setting('server_version_num')::integer < 150000;

-- drop unique things(one, other)
-- hazard: breaks-old-code: programs from before may insert into things with ON CONFLICT over these columns
ALTER TABLE "things" DROP CONSTRAINT "uq_things_one_other";

-- drop unique other_once on things(other)
-- hazard: breaks-old-code: programs from before may insert into things with ON CONFLICT over these columns
ALTER TABLE "things" DROP CONSTRAINT "other_once";

-- drop unique things(third) deferrable
-- hazard: breaks-old-code: programs from before may insert into things with ON CONFLICT over these columns
ALTER TABLE "things" DROP CONSTRAINT "uq_things_third";

-- drop unique kept on things(one, third)
-- hazard: breaks-old-code: programs from before may insert into things with ON CONFLICT over these columns
ALTER TABLE "things" DROP CONSTRAINT "kept";

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that get no value for third
SELECT "id", "third"
FROM "things"
WHERE (third + 1) IS NULL;

-- things.third: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know things.third as it was
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "third" TYPE bigint USING third + 1;

-- add unique things(one, other) nulls not distinct
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "uq_things_one_other" UNIQUE NULLS NOT DISTINCT ("one", "other");

-- add unique other_once on things(other) deferrable
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "other_once" UNIQUE ("other") DEFERRABLE INITIALLY IMMEDIATE;

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that have the same third as another
SELECT "id", "third"
FROM "things"
WHERE "third" IN (
    SELECT "third"
    FROM "things"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique things(third)
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "uq_things_third" UNIQUE ("third");

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that have the same one and third as another
SELECT "id", "one", "third"
FROM "things"
WHERE ("one", "third") IN (
    SELECT "one", "third"
    FROM "things"
    GROUP BY 1, 2
    HAVING count(*) > 1
);

-- add unique index kept on things(one, third)
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE UNIQUE INDEX "kept" ON "things" ("one", "third");
