
-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: values of things.number that are too large
SELECT "id", "number"
FROM "things"
WHERE "number" NOT BETWEEN -2147483648 AND 2147483647;

-- things.number: type bigint becomes integer
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "number" TYPE integer;

ALTER SEQUENCE "things_number_seq" AS integer;

-- things.id: counting up from 100 by 10 becomes counting up from 100 by 5
ALTER TABLE "things" ALTER COLUMN "id" SET INCREMENT BY 5;

ALTER TABLE "things" ALTER COLUMN "id" DROP IDENTITY;

CREATE SEQUENCE things_id_seq AS integer INCREMENT BY 5 START WITH 100 OWNED BY things.id;

ALTER TABLE "things" ALTER COLUMN "id" SET DEFAULT nextval('"things_id_seq"');

SELECT setval(pg_get_serial_sequence('"things"', 'id'), GREATEST(max("id") + 5, 100), false)
FROM "things";
