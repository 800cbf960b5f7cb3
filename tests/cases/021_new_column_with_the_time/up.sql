-- enamel: backfill users.born='2024-01-02 03:04:05'
-- enamel: rebuild users
-- enamel: keeps-old-code

-- add column users.born DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "born" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO "enamel_next_users" (
    "id",
    "name",
    "born"
)
SELECT
    "id",
    "name",
    '2024-01-02 03:04:05'
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
