-- enamel: drop things.c1
-- enamel: drop things.c10
-- enamel: drop things.c11
-- enamel: drop things.c12
-- enamel: drop things.c13
-- enamel: drop things.c14
-- enamel: drop things.c15
-- enamel: drop things.c16
-- enamel: drop things.c17
-- enamel: drop things.c18
-- enamel: drop things.c19
-- enamel: drop things.c2
-- enamel: drop things.c20
-- enamel: drop things.c21
-- enamel: drop things.c22
-- enamel: drop things.c23
-- enamel: drop things.c3
-- enamel: drop things.c4
-- enamel: drop things.c5
-- enamel: drop things.c6
-- enamel: drop things.c7
-- enamel: drop things.c8
-- enamel: drop things.c9

-- add column things.kept integer
ALTER TABLE "things" ADD COLUMN "kept" integer;

-- drop column things.c1
-- hazard: data-loss: the values of things.c1 are gone
-- hazard: breaks-old-code: programs from before use things.c1
ALTER TABLE "things" DROP COLUMN "c1";

-- drop column things.c2
-- hazard: data-loss: the values of things.c2 are gone
-- hazard: breaks-old-code: programs from before use things.c2
ALTER TABLE "things" DROP COLUMN "c2";

-- drop column things.c3
-- hazard: data-loss: the values of things.c3 are gone
-- hazard: breaks-old-code: programs from before use things.c3
ALTER TABLE "things" DROP COLUMN "c3";

-- drop column things.c4
-- hazard: data-loss: the values of things.c4 are gone
-- hazard: breaks-old-code: programs from before use things.c4
ALTER TABLE "things" DROP COLUMN "c4";

-- drop column things.c5
-- hazard: data-loss: the values of things.c5 are gone
-- hazard: breaks-old-code: programs from before use things.c5
ALTER TABLE "things" DROP COLUMN "c5";

-- drop column things.c6
-- hazard: data-loss: the values of things.c6 are gone
-- hazard: breaks-old-code: programs from before use things.c6
ALTER TABLE "things" DROP COLUMN "c6";

-- drop column things.c7
-- hazard: data-loss: the values of things.c7 are gone
-- hazard: breaks-old-code: programs from before use things.c7
ALTER TABLE "things" DROP COLUMN "c7";

-- drop column things.c8
-- hazard: data-loss: the values of things.c8 are gone
-- hazard: breaks-old-code: programs from before use things.c8
ALTER TABLE "things" DROP COLUMN "c8";

-- drop column things.c9
-- hazard: data-loss: the values of things.c9 are gone
-- hazard: breaks-old-code: programs from before use things.c9
ALTER TABLE "things" DROP COLUMN "c9";

-- drop column things.c10
-- hazard: data-loss: the values of things.c10 are gone
-- hazard: breaks-old-code: programs from before use things.c10
ALTER TABLE "things" DROP COLUMN "c10";

-- drop column things.c11
-- hazard: data-loss: the values of things.c11 are gone
-- hazard: breaks-old-code: programs from before use things.c11
ALTER TABLE "things" DROP COLUMN "c11";

-- drop column things.c12
-- hazard: data-loss: the values of things.c12 are gone
-- hazard: breaks-old-code: programs from before use things.c12
ALTER TABLE "things" DROP COLUMN "c12";

-- drop column things.c13
-- hazard: data-loss: the values of things.c13 are gone
-- hazard: breaks-old-code: programs from before use things.c13
ALTER TABLE "things" DROP COLUMN "c13";

-- drop column things.c14
-- hazard: data-loss: the values of things.c14 are gone
-- hazard: breaks-old-code: programs from before use things.c14
ALTER TABLE "things" DROP COLUMN "c14";

-- drop column things.c15
-- hazard: data-loss: the values of things.c15 are gone
-- hazard: breaks-old-code: programs from before use things.c15
ALTER TABLE "things" DROP COLUMN "c15";

-- drop column things.c16
-- hazard: data-loss: the values of things.c16 are gone
-- hazard: breaks-old-code: programs from before use things.c16
ALTER TABLE "things" DROP COLUMN "c16";

-- drop column things.c17
-- hazard: data-loss: the values of things.c17 are gone
-- hazard: breaks-old-code: programs from before use things.c17
ALTER TABLE "things" DROP COLUMN "c17";

-- drop column things.c18
-- hazard: data-loss: the values of things.c18 are gone
-- hazard: breaks-old-code: programs from before use things.c18
ALTER TABLE "things" DROP COLUMN "c18";

-- drop column things.c19
-- hazard: data-loss: the values of things.c19 are gone
-- hazard: breaks-old-code: programs from before use things.c19
ALTER TABLE "things" DROP COLUMN "c19";

-- drop column things.c20
-- hazard: data-loss: the values of things.c20 are gone
-- hazard: breaks-old-code: programs from before use things.c20
ALTER TABLE "things" DROP COLUMN "c20";

-- drop column things.c21
-- hazard: data-loss: the values of things.c21 are gone
-- hazard: breaks-old-code: programs from before use things.c21
ALTER TABLE "things" DROP COLUMN "c21";

-- drop column things.c22
-- hazard: data-loss: the values of things.c22 are gone
-- hazard: breaks-old-code: programs from before use things.c22
ALTER TABLE "things" DROP COLUMN "c22";

-- drop column things.c23
-- hazard: data-loss: the values of things.c23 are gone
-- hazard: breaks-old-code: programs from before use things.c23
ALTER TABLE "things" DROP COLUMN "c23";
