
-- drop column things.age
-- hazard: data-loss: the values of things.age are gone
ALTER TABLE "things" DROP COLUMN "age";
