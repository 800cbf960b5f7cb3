-- enamel: backfill users.role=CASE id WHEN 1 THEN 'admin' ELSE 'member' END
-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for role
SELECT *
FROM "users"
WHERE (CASE id WHEN 1 THEN 'admin' ELSE 'member' END) IS NULL;

-- enamel: must be empty: rows of users whose role is none of 'admin', 'member'
SELECT *
FROM "users"
WHERE NOT (CAST(CASE id WHEN 1 THEN 'admin' ELSE 'member' END AS TEXT) IN ('admin', 'member'));

-- add column users.role TEXT NOT NULL
-- add check on users: "role" IN ('admin', 'member')
-- hazard: breaks-old-code: programs from before insert into users without role
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    CHECK ("role" IN ('admin', 'member'))
);

INSERT INTO "enamel_next_users" (
    "id",
    "name",
    "role"
)
SELECT
    "id",
    "name",
    CASE id WHEN 1 THEN 'admin' ELSE 'member' END
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
