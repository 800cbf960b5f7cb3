-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose tenant is not in tenants
SELECT "id", "tenant"
FROM "users"
WHERE "tenant" IS NOT NULL
  AND "tenant" NOT IN (
    SELECT "code"
    FROM "tenants"
    WHERE "code" IS NOT NULL
);

-- add foreign key users(tenant) to tenants(code)
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "tenant" TEXT,
    FOREIGN KEY ("tenant") REFERENCES "tenants" ("code")
);

INSERT INTO "enamel_next_users" (
    "id",
    "tenant"
)
SELECT
    "id",
    "tenant"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
