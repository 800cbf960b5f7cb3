-- enamel: rebuild users

-- drop foreign key home on users(region, shop) to shops(region, number) on delete set null
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "region" BIGINT,
    "shop" BIGINT
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
