-- enamel: rename table Straße=ſtraße
-- enamel: rename SELECT.Kind=KIND
-- enamel: rename ſtraße."quo\"te"=to

-- rename table Straße to ſtraße
-- hazard: breaks-old-code: programs from before use Straße
ALTER TABLE "Straße" RENAME TO "ſtraße";

-- rename column SELECT.Kind to KIND
-- hazard: breaks-old-code: programs from before use SELECT.Kind
ALTER TABLE "SELECT" RENAME COLUMN "Kind" TO "KIND";

-- rename column ſtraße."quo""te" to to
-- hazard: breaks-old-code: programs from before use ſtraße.quo"te
ALTER TABLE "ſtraße" RENAME COLUMN "quo""te" TO "to";

-- enum "Odd ""Kind""": add value 'new '''' "one"'
-- hazard: breaks-old-code: programs from before may read a value of Odd "Kind" that they do not know
ALTER TYPE "Odd ""Kind""" ADD VALUE 'new '''' "one"' BEFORE 'it''s';

-- SELECT.loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know SELECT.loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one as it was
-- hazard: table-rewrite: every row of SELECT is written again
-- hazard: long-lock: readers and writers of SELECT wait meanwhile
ALTER TABLE "SELECT" ALTER COLUMN "loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one" TYPE bigint;

-- SELECT."a$b": default '$$ -- ''; \' becomes '$b$ -- ''; \'
ALTER TABLE "SELECT" ALTER COLUMN "a$b" SET DEFAULT '$b$ -- ''; \';

-- SELECT.KIND: default '$$ \ ;--' becomes 'it''s'
ALTER TABLE "SELECT" ALTER COLUMN "KIND" SET DEFAULT 'it''s';
