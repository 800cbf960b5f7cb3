-- enamel: rename table others=other_things

-- rename table others to other_things
-- hazard: breaks-old-code: programs from before use others
ALTER TABLE "others" RENAME TO "other_things";

-- things.id: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know things.id as it was
-- hazard: table-rewrite: every row of things is written again
-- hazard: long-lock: readers and writers of things wait meanwhile
ALTER TABLE "things" ALTER COLUMN "id" TYPE bigint;

ALTER SEQUENCE "things_id_seq" AS bigint;

ALTER SEQUENCE "things_number_seq" OWNED BY NONE;

-- things.number: counting up becomes always counting up
-- hazard: breaks-old-code: programs from before may give things.number numbers of their own
ALTER TABLE "things"
    ALTER COLUMN "number" DROP DEFAULT,
    ALTER COLUMN "number" ADD GENERATED ALWAYS AS IDENTITY;

SELECT setval(pg_get_serial_sequence('"things"', 'number'), nextval('"things_number_seq"'), false);

DROP SEQUENCE "things_number_seq";

-- things.plain: drop counting up
-- hazard: breaks-old-code: programs from before insert into things without plain
ALTER TABLE "things" ALTER COLUMN "plain" DROP DEFAULT;

DROP SEQUENCE "things_plain_seq";
