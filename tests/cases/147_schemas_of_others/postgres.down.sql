
-- drop index ix_kept_thing_id on shop.kept
DROP INDEX "shop"."ix_kept_thing_id";

-- drop column things.name
-- hazard: data-loss: the values of things.name are gone
ALTER TABLE "things" DROP COLUMN "name";

-- drop table shop.things
-- hazard: data-loss: the rows of shop.things are gone
DROP TABLE "shop"."things";
