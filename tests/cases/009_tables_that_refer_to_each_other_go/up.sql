-- enamel: drop table companies
-- enamel: drop table nodes
-- enamel: drop table people
-- enamel: rebuild nodes
-- enamel: rebuild companies

-- drop table nodes
-- hazard: data-loss: the rows of nodes are gone
-- hazard: breaks-old-code: programs from before use nodes
DROP TABLE "nodes";

-- drop table companies
-- hazard: data-loss: the rows of companies are gone
-- hazard: breaks-old-code: programs from before use companies
DROP TABLE "companies";

-- drop table people
-- hazard: data-loss: the rows of people are gone
-- hazard: breaks-old-code: programs from before use people
DROP TABLE "people";
