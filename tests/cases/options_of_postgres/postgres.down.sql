
-- drop column others.name
-- hazard: data-loss: the values of others.name are gone
ALTER TABLE "others" DROP COLUMN "name";

-- others: becomes UNLOGGED
-- hazard: table-rewrite: every row of others is written again
-- hazard: long-lock: readers and writers of others wait meanwhile
ALTER TABLE "others" SET UNLOGGED;

-- things: no longer UNLOGGED
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" SET LOGGED;
