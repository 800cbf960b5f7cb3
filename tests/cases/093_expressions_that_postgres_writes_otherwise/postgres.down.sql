
-- drop column things.other
-- hazard: data-loss: the values of things.other are gone
ALTER TABLE "things" DROP COLUMN "other";
