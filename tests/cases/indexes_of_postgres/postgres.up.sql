
-- enamel: must be empty: servers older than PostgreSQL 15, which know no NULLS NOT DISTINCT
SELECT current_setting('server_version') AS "version"
WHERE current_setting('server_version_num')::integer < 150000;

-- drop index ordered on things
DROP INDEX "ordered";

-- drop index covering on things
DROP INDEX "covering";

-- drop index some on things
DROP INDEX "some";

-- drop index wide on things
DROP INDEX "wide";

-- drop index equal on things
DROP INDEX "equal";

-- drop index packed on things
DROP INDEX "packed";

-- drop index sorted on things
DROP INDEX "sorted";

-- drop index nulls on things
DROP INDEX "nulls";

-- drop index once on things
-- hazard: breaks-old-code: programs from before may insert into things with ON CONFLICT over these columns
DROP INDEX "once";

-- drop index spelled on things
-- hazard: breaks-old-code: programs from before may insert into things with ON CONFLICT over these columns
DROP INDEX "spelled";

-- drop index near on things
DROP INDEX "near";

-- drop unique pair on things(name, age)
-- hazard: breaks-old-code: programs from before may insert into things with ON CONFLICT over these columns
ALTER TABLE "things" DROP CONSTRAINT "pair";

-- add unique pair on things(name, age) nulls not distinct
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "pair" UNIQUE NULLS NOT DISTINCT ("name", "age");

-- add index ordered on things(day, name desc)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "ordered" ON "things" ("day", "name" DESC);

-- add index covering on things(name) including (age, day)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "covering" ON "things" ("name") INCLUDE ("age", "day");

-- add index some on things(age) where age > 1
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "some" ON "things" ("age")
WHERE age > 1;

-- add index wide on things(day) using brin with (pages_per_range = 32)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "wide" ON "things" USING brin ("day") WITH (pages_per_range = 32);

-- add index equal on things(name)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "equal" ON "things" ("name");

-- add index packed on things(name) with (fillfactor = 80)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "packed" ON "things" ("name") WITH (fillfactor = 80);

-- add index sorted on things(name collate POSIX)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "sorted" ON "things" ("name" COLLATE "POSIX");

-- add index nulls on things(age)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "nulls" ON "things" ("age");

-- add unique index once on things(name) nulls not distinct
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE UNIQUE INDEX "once" ON "things" ("name") NULLS NOT DISTINCT;

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that have the same name and age as another
SELECT "id", "name", "age"
FROM "things"
WHERE (age IS NOT NULL)
  AND (lower(name)) IN (
    SELECT (lower(name))
    FROM "things"
    WHERE age IS NOT NULL
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique index spelled on things(lower(name)) where age IS NOT NULL
-- hazard: breaks-old-code: programs from before may write to things what is refused from now on
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE UNIQUE INDEX "spelled" ON "things" ((lower(name)))
WHERE age IS NOT NULL;

-- add index near on things(age, day) using gist
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "near" ON "things" USING gist ("age", "day");
