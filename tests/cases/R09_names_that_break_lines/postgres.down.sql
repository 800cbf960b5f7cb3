
-- rename table "a DROP TABLE c;--" to "a DROP TABLE b;--"
ALTER TABLE "a
DROP TABLE c;--" RENAME TO "a
DROP TABLE b;--";

-- drop check on "a DROP TABLE b;--": "n m" <> ' ;'
ALTER TABLE "a
DROP TABLE b;--" DROP CONSTRAINT "ck_a
DROP TABLE c;--_n
m";

-- drop index "i k" on "a DROP TABLE b;--"
-- add index "i j" on "a DROP TABLE b;--"("n m")
ALTER INDEX "i
k" RENAME TO "i
j";

-- "a DROP TABLE b;--"."n m": default 'a ;--c' becomes 'a b'; drop comment 'x */ y'
ALTER TABLE "a
DROP TABLE b;--" ALTER COLUMN "n
m" SET DEFAULT 'a
b';

COMMENT ON COLUMN "a
DROP TABLE b;--"."n
m" IS NULL;

-- drop column "a DROP TABLE b;--"."*/ /*"
-- hazard: data-loss: the values of a DROP TABLE b;--.*/ /* are gone
ALTER TABLE "a
DROP TABLE b;--" DROP COLUMN "*/ /*";
