-- enamel: rebuild users

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose role is none of 'admin', 'member'
SELECT "id", "role"
FROM "users"
WHERE NOT ("role" IN ('admin', 'member'));

-- enamel: must be empty: rows of users whose backup is none of 'admin', 'member'
SELECT "id", "backup"
FROM "users"
WHERE NOT ("backup" IN ('admin', 'member'));

-- drop check on users: "role" IN ('admin', 'guest', 'member')
-- drop check on users: "backup" IN ('admin', 'guest', 'member')
-- add check on users: "role" IN ('admin', 'member')
-- add check on users: "backup" IN ('admin', 'member')
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "role" TEXT NOT NULL DEFAULT 'member',
    "backup" TEXT,
    CHECK ("role" IN ('admin', 'member')),
    CHECK ("backup" IN ('admin', 'member'))
);

INSERT INTO "enamel_next_users" (
    "id",
    "role",
    "backup"
)
SELECT
    "id",
    "role",
    "backup"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
