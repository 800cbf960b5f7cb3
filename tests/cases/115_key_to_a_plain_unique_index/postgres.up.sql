-- enamel: backfill shops.code=number::text
-- enamel: backfill users.code=shop::text

-- create table visits
CREATE TABLE "visits" (
    "code" text NOT NULL,
    "day" date NOT NULL,
    "other" date,
    CONSTRAINT "visits_pkey" PRIMARY KEY ("code")
);

-- add unique index one_day on visits(day)
CREATE UNIQUE INDEX "one_day" ON "visits" ("day");

-- shops.number: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know shops.number as it was
-- hazard: table-rewrite: every row of shops is written again
-- hazard: long-lock: readers and writers of shops wait meanwhile
ALTER TABLE "shops" ALTER COLUMN "number" TYPE bigint;

-- add column shops.code text NOT NULL
-- hazard: breaks-old-code: programs from before insert into shops without code
ALTER TABLE "shops" ADD COLUMN "code" text;

-- hazard: table-rewrite: every row of shops is written again
UPDATE "shops"
SET "code" = number::text;

-- users.shop: type integer becomes bigint
-- hazard: breaks-old-code: programs from before know users.shop as it was
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "shop" TYPE bigint;

-- add column users.code text
ALTER TABLE "users" ADD COLUMN "code" text;

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "code" = shop::text;

-- hazard: validation-scan: every row of shops is looked at
-- enamel: must be empty: NULLs in shops.code
SELECT "id", "code"
FROM "shops"
WHERE "code" IS NULL;

-- hazard: long-lock: readers and writers of shops wait meanwhile
-- hazard: validation-scan: every row of shops is looked at
ALTER TABLE "shops" ALTER COLUMN "code" SET NOT NULL;

-- hazard: validation-scan: every row of shops is looked at
-- enamel: must be empty: rows of shops that have the same code as another
SELECT "id", "code"
FROM "shops"
WHERE "code" IN (
    SELECT "code"
    FROM "shops"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add unique index one_code on shops(code)
-- hazard: breaks-old-code: programs from before may write to shops what is refused from now on
-- hazard: long-lock: writers wait while every row of shops is sorted
CREATE UNIQUE INDEX "one_code" ON "shops" ("code");

-- add foreign key visits(code) to shops(code)
ALTER TABLE "visits" ADD CONSTRAINT "fk_visits_code" FOREIGN KEY ("code") REFERENCES "shops" ("code");

-- add foreign key visits(other) to visits(day)
ALTER TABLE "visits" ADD CONSTRAINT "fk_visits_other" FOREIGN KEY ("other") REFERENCES "visits" ("day");

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose region and shop are not in shops
SELECT "id", "region", "shop"
FROM "users"
WHERE "shop" IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "shops" AS "enamel_parent"
    WHERE "enamel_parent"."region" = "users"."region"
      AND "enamel_parent"."number" = "users"."shop"
);

-- add foreign key users(region, shop) to shops(region, number) on update cascade deferrable
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: writers of users and shops wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_region_shop" FOREIGN KEY ("region", "shop") REFERENCES "shops" ("region", "number") ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose code is not in shops
SELECT "id", "code"
FROM "users"
WHERE "code" IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "shops" AS "enamel_parent"
    WHERE "enamel_parent"."code" = "users"."code"
);

-- add foreign key users(code) to shops(code) initially deferred
-- hazard: long-lock: writers of users and shops wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "fk_users_code" FOREIGN KEY ("code") REFERENCES "shops" ("code") DEFERRABLE INITIALLY DEFERRED;
