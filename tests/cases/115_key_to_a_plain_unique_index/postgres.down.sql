
ALTER TABLE "visits" DROP CONSTRAINT "fk_visits_code";

-- drop foreign key users(region, shop) to shops(region, number) on update cascade deferrable
ALTER TABLE "users" DROP CONSTRAINT "fk_users_region_shop";

-- drop foreign key users(code) to shops(code) initially deferred
ALTER TABLE "users" DROP CONSTRAINT "fk_users_code";

-- drop index one_code on shops
DROP INDEX "one_code";

-- hazard: validation-scan: every row of shops is looked at
-- enamel: must be empty: values of shops.number that are too large
SELECT "id", "number"
FROM "shops"
WHERE "number" NOT BETWEEN -2147483648 AND 2147483647;

-- shops.number: type bigint becomes integer
-- hazard: table-rewrite: every row of shops is written again
-- hazard: long-lock: readers and writers of shops wait meanwhile
ALTER TABLE "shops" ALTER COLUMN "number" TYPE integer;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: values of users.shop that are too large
SELECT "id", "shop"
FROM "users"
WHERE "shop" NOT BETWEEN -2147483648 AND 2147483647;

-- users.shop: type bigint becomes integer
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users" ALTER COLUMN "shop" TYPE integer;

-- drop column shops.code
-- hazard: data-loss: the values of shops.code are gone
ALTER TABLE "shops" DROP COLUMN "code";

-- drop column users.code
-- hazard: data-loss: the values of users.code are gone
ALTER TABLE "users" DROP COLUMN "code";

-- drop index one_day on visits
-- drop table visits
-- hazard: data-loss: the rows of visits are gone
DROP TABLE "visits";
