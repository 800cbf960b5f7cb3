-- enamel: drop table companies
-- enamel: drop table nodes
-- enamel: drop table people

-- drop table nodes
-- hazard: data-loss: the rows of nodes are gone
-- hazard: breaks-old-code: programs from before use nodes
DROP TABLE "nodes";

ALTER TABLE "people" DROP CONSTRAINT "fk_people_company_id";

-- drop table companies
-- hazard: data-loss: the rows of companies are gone
-- hazard: breaks-old-code: programs from before use companies
DROP TABLE "companies";

-- drop table people
-- hazard: data-loss: the rows of people are gone
-- hazard: breaks-old-code: programs from before use people
DROP TABLE "people";
