-- enamel: backfill albums.code='A' || id

-- add column albums.code text NOT NULL
-- hazard: breaks-old-code: programs from before insert into albums without code
ALTER TABLE "albums" ADD COLUMN "code" text;

-- hazard: table-rewrite: every row of albums is written again
UPDATE "albums"
SET "code" = 'A' || id;

-- hazard: validation-scan: every row of albums is looked at
-- enamel: must be empty: NULLs in albums.code
SELECT "id", "code"
FROM "albums"
WHERE "code" IS NULL;

-- hazard: long-lock: readers and writers of albums wait meanwhile
-- hazard: validation-scan: every row of albums is looked at
ALTER TABLE "albums" ALTER COLUMN "code" SET NOT NULL;

-- hazard: validation-scan: every row of albums is looked at
-- enamel: must be empty: rows of albums that have the same code as another
SELECT "id", "code"
FROM "albums"
WHERE "code" IN (
    SELECT "code"
    FROM "albums"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique albums(code)
-- hazard: breaks-old-code: programs from before may write to albums what is refused from now on
-- hazard: long-lock: readers and writers of albums wait while every row is sorted
ALTER TABLE "albums" ADD CONSTRAINT "uq_albums_code" UNIQUE ("code");

-- hazard: validation-scan: every row of bands is looked at
-- enamel: must be empty: rows of bands whose debut is not in albums
SELECT "id", "debut"
FROM "bands"
WHERE "debut" IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "albums" AS "enamel_parent"
    WHERE "enamel_parent"."code" = "bands"."debut"
);

-- add foreign key bands(debut) to albums(code)
-- hazard: breaks-old-code: programs from before may write to bands what is refused from now on
-- hazard: long-lock: writers of bands and albums wait meanwhile
-- hazard: validation-scan: every row of bands is looked at
ALTER TABLE "bands" ADD CONSTRAINT "fk_bands_debut" FOREIGN KEY ("debut") REFERENCES "albums" ("code");
