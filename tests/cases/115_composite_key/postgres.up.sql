
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose region and shop are not in shops
SELECT "id", "region", "shop"
FROM "users"
WHERE "region" IS NOT NULL
  AND "shop" IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "shops" AS "enamel_parent"
    WHERE "enamel_parent"."region" = "users"."region"
      AND "enamel_parent"."number" = "users"."shop"
);

-- add foreign key home on users(region, shop) to shops(region, number) on delete set null
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: writers of users and shops wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "home" FOREIGN KEY ("region", "shop") REFERENCES "shops" ("region", "number") ON DELETE SET NULL;
