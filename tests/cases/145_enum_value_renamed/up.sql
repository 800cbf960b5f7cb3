-- enamel: rename value role.admin=owner
-- enamel: rebuild users

-- drop check on users: "role" IN ('admin', 'member')
-- drop check on users: "backup" IN ('admin', 'member')
-- users.role: default 'admin' becomes 'owner'
-- add check on users: "role" IN ('owner', 'member')
-- add check on users: "backup" IN ('owner', 'member')
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "role" TEXT NOT NULL DEFAULT 'owner',
    "backup" TEXT,
    CHECK ("role" IN ('owner', 'member')),
    CHECK ("backup" IN ('owner', 'member'))
);

INSERT INTO "enamel_next_users" (
    "id",
    "role",
    "backup"
)
SELECT
    "id",
    CASE "role" WHEN 'admin' THEN 'owner' ELSE "role" END,
    CASE "backup" WHEN 'admin' THEN 'owner' ELSE "backup" END
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
