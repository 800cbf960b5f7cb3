-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose region and shop are not in shops
SELECT "id", "region", "shop"
FROM "users"
WHERE "region" IS NOT NULL
  AND "shop" IS NOT NULL
  AND ("region", "shop") NOT IN (
    SELECT "region", "number"
    FROM "shops"
);

-- add foreign key home on users(region, shop) to shops(region, number) on delete set null
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "region" BIGINT,
    "shop" BIGINT,
    CONSTRAINT "home" FOREIGN KEY ("region", "shop") REFERENCES "shops" ("region", "number") ON DELETE SET NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "region",
    "shop"
)
SELECT
    "id",
    "region",
    "shop"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
