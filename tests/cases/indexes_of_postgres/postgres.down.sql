
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
DROP INDEX "once";

-- drop index spelled on things
DROP INDEX "spelled";

-- drop index near on things
DROP INDEX "near";

-- drop unique pair on things(name, age) nulls not distinct
ALTER TABLE "things" DROP CONSTRAINT "pair";

-- add unique pair on things(name, age)
-- hazard: long-lock: readers and writers of things wait while every row is sorted
ALTER TABLE "things" ADD CONSTRAINT "pair" UNIQUE ("name", "age");

-- add index ordered on things(day desc, name)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "ordered" ON "things" ("day" DESC, "name");

-- add index covering on things(name) including (age)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "covering" ON "things" ("name") INCLUDE ("age");

-- add index some on things(age) where age > 0
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "some" ON "things" ("age")
WHERE age > 0;

-- add index wide on things(day) using brin
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "wide" ON "things" USING brin ("day");

-- add index equal on things(name) using hash
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "equal" ON "things" USING hash ("name");

-- add index packed on things(name) with (fillfactor = 70)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "packed" ON "things" ("name") WITH (fillfactor = 70);

-- add index sorted on things(name collate C)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "sorted" ON "things" ("name" COLLATE "C");

-- add index nulls on things(age nulls first)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "nulls" ON "things" ("age" NULLS FIRST);

-- add unique index once on things(name)
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE UNIQUE INDEX "once" ON "things" ("name");

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things that have the same name as another
SELECT "id", "name"
FROM "things"
WHERE (lower(name)) IN (
    SELECT (lower(name))
    FROM "things"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique index spelled on things(lower(name))
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE UNIQUE INDEX "spelled" ON "things" ((lower(name)));

-- add index near on things(age) using gist
-- hazard: long-lock: writers wait while every row of things is sorted
CREATE INDEX "near" ON "things" USING gist ("age");
