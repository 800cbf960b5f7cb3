-- enamel: rebuild users

-- drop check on users: "role" IN ('member')
-- drop check on users: "backup" IN ('member')
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
