
-- create extension hstore
CREATE EXTENSION IF NOT EXISTS "hstore";

-- add column things.c1 boolean NOT NULL
-- hazard: data-loss: what things.c1 held does not come back
ALTER TABLE "things" ADD COLUMN "c1" boolean NOT NULL DEFAULT FALSE;

-- add column things.c2 double precision NOT NULL
-- hazard: data-loss: what things.c2 held does not come back
ALTER TABLE "things" ADD COLUMN "c2" double precision NOT NULL DEFAULT 0;

-- add column things.c3 numeric NOT NULL
-- hazard: data-loss: what things.c3 held does not come back
ALTER TABLE "things" ADD COLUMN "c3" numeric NOT NULL DEFAULT '0';

-- add column things.c4 bytea NOT NULL
-- hazard: data-loss: what things.c4 held does not come back
ALTER TABLE "things" ADD COLUMN "c4" bytea;

-- add column things.c5 bytea NOT NULL
-- hazard: data-loss: what things.c5 held does not come back
ALTER TABLE "things" ADD COLUMN "c5" bytea;

-- add column things.c6 timestamptz NOT NULL
-- hazard: data-loss: what things.c6 held does not come back
ALTER TABLE "things" ADD COLUMN "c6" timestamptz NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';

-- add column things.c7 timestamp NOT NULL
-- hazard: data-loss: what things.c7 held does not come back
ALTER TABLE "things" ADD COLUMN "c7" timestamp NOT NULL DEFAULT '1970-01-01 00:00:00';

-- add column things.c8 date NOT NULL
-- hazard: data-loss: what things.c8 held does not come back
ALTER TABLE "things" ADD COLUMN "c8" date NOT NULL DEFAULT '1970-01-01';

-- add column things.c9 time NOT NULL
-- hazard: data-loss: what things.c9 held does not come back
ALTER TABLE "things" ADD COLUMN "c9" time NOT NULL DEFAULT '00:00:00';

-- add column things.c10 interval NOT NULL
-- hazard: data-loss: what things.c10 held does not come back
ALTER TABLE "things" ADD COLUMN "c10" interval NOT NULL DEFAULT '00:00:00';

-- add column things.c11 uuid NOT NULL
-- hazard: data-loss: what things.c11 held does not come back
ALTER TABLE "things" ADD COLUMN "c11" uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';

-- add column things.c12 jsonb NOT NULL
-- hazard: data-loss: what things.c12 held does not come back
ALTER TABLE "things" ADD COLUMN "c12" jsonb NOT NULL DEFAULT 'null';

-- add column things.c13 integer[] NOT NULL
-- hazard: data-loss: what things.c13 held does not come back
ALTER TABLE "things" ADD COLUMN "c13" integer[] NOT NULL DEFAULT '{}';

-- add column things.c14 inet NOT NULL
-- hazard: data-loss: what things.c14 held does not come back
ALTER TABLE "things" ADD COLUMN "c14" inet NOT NULL DEFAULT '0.0.0.0';

-- add column things.c15 macaddr NOT NULL
-- hazard: data-loss: what things.c15 held does not come back
ALTER TABLE "things" ADD COLUMN "c15" macaddr NOT NULL DEFAULT '00:00:00:00:00:00';

-- add column things.c16 hstore NOT NULL
-- hazard: data-loss: what things.c16 held does not come back
ALTER TABLE "things" ADD COLUMN "c16" hstore NOT NULL DEFAULT '';

-- add column things.c17 char(1) NOT NULL
-- hazard: data-loss: what things.c17 held does not come back
ALTER TABLE "things" ADD COLUMN "c17" char(1) NOT NULL DEFAULT '';

-- add column things.c18 xml NOT NULL
-- hazard: data-loss: what things.c18 held does not come back
ALTER TABLE "things" ADD COLUMN "c18" xml NOT NULL DEFAULT '';

-- add column things.c19 int4range NOT NULL
-- hazard: data-loss: what things.c19 held does not come back
ALTER TABLE "things" ADD COLUMN "c19" int4range NOT NULL DEFAULT 'empty';

-- add column things.c20 tsvector NOT NULL
-- hazard: data-loss: what things.c20 held does not come back
ALTER TABLE "things" ADD COLUMN "c20" tsvector NOT NULL DEFAULT '';

-- add column things.c21 timetz(3) NOT NULL
-- hazard: data-loss: what things.c21 held does not come back
ALTER TABLE "things" ADD COLUMN "c21" timetz(3) NOT NULL DEFAULT '00:00:00+00:00';

-- add column things.c22 citext NOT NULL
-- hazard: data-loss: what things.c22 held does not come back
ALTER TABLE "things" ADD COLUMN "c22" citext NOT NULL DEFAULT '';

-- add column things.c23 text[] NOT NULL
-- hazard: data-loss: what things.c23 held does not come back
ALTER TABLE "things" ADD COLUMN "c23" text[] NOT NULL DEFAULT '{}';

-- hazard: table-rewrite: every row of things is written again
UPDATE "things"
SET "c4" = '\x'::bytea;

UPDATE "things"
SET "c5" = decode(repeat('00', 4), 'hex');

ALTER TABLE "things" ALTER COLUMN "c1" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c2" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c3" DROP DEFAULT;

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: NULLs in things.c4
SELECT "id", "c4"
FROM "things"
WHERE "c4" IS NULL;

-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ALTER COLUMN "c4" SET NOT NULL;

-- hazard: validation-scan: every row of things is looked at
-- enamel: must be empty: NULLs in things.c5
SELECT "id", "c5"
FROM "things"
WHERE "c5" IS NULL;

-- hazard: long-lock: readers and writers of things wait meanwhile
-- hazard: validation-scan: every row of things is looked at
ALTER TABLE "things" ALTER COLUMN "c5" SET NOT NULL;

ALTER TABLE "things" ALTER COLUMN "c6" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c7" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c8" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c9" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c10" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c11" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c12" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c13" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c14" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c15" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c16" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c17" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c18" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c19" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c20" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c21" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c22" DROP DEFAULT;

ALTER TABLE "things" ALTER COLUMN "c23" DROP DEFAULT;

-- drop column things.kept
-- hazard: data-loss: the values of things.kept are gone
ALTER TABLE "things" DROP COLUMN "kept";
