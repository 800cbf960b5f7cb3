-- enamel: rename table "a\nDROP TABLE b;--"="a\nDROP TABLE c;--"

-- rename table "a DROP TABLE b;--" to "a DROP TABLE c;--"
-- hazard: breaks-old-code: programs from before use a DROP TABLE b;--
ALTER TABLE "a
DROP TABLE b;--" RENAME TO "a
DROP TABLE c;--";

-- drop index "i j" on "a DROP TABLE c;--"
-- add index "i k" on "a DROP TABLE c;--"("n m")
ALTER INDEX "i
j" RENAME TO "i
k";

-- add column "a DROP TABLE c;--"."*/ /*" integer NOT NULL DEFAULT 1
ALTER TABLE "a
DROP TABLE c;--" ADD COLUMN "*/ /*" integer NOT NULL DEFAULT 1;

-- "a DROP TABLE c;--"."n m": default 'a b' becomes 'a ;--c'; add comment 'x */ y'
ALTER TABLE "a
DROP TABLE c;--" ALTER COLUMN "n
m" SET DEFAULT 'a
;--c';

COMMENT ON COLUMN "a
DROP TABLE c;--"."n
m" IS 'x
*/ y';

-- hazard: validation-scan: every row of a DROP TABLE c;-- is looked at
-- enamel: must be empty: rows of a DROP TABLE c;-- that break the check "n m" <> ' ;'
SELECT "id", "n
m"
FROM "a
DROP TABLE c;--"
WHERE NOT ("n
m" <> '
;');

-- add check on "a DROP TABLE c;--": "n m" <> ' ;'
-- hazard: breaks-old-code: programs from before may write to a DROP TABLE c;-- what is refused from now on
-- hazard: long-lock: readers and writers of a DROP TABLE c;-- wait meanwhile
-- hazard: validation-scan: every row of a DROP TABLE c;-- is looked at
ALTER TABLE "a
DROP TABLE c;--" ADD CONSTRAINT "ck_a
DROP TABLE c;--_n
m" CHECK ("n
m" <> '
;');
