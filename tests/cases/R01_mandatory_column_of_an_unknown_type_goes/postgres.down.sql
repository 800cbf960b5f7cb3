
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: rows of things, for which nothing says what email is
SELECT *
FROM "things";

-- add column things.email email NOT NULL
-- hazard: data-loss: what things.email held does not come back
ALTER TABLE "things" ADD COLUMN "email" email NOT NULL;

-- drop column things.name
-- hazard: data-loss: the values of things.name are gone
ALTER TABLE "things" DROP COLUMN "name";
