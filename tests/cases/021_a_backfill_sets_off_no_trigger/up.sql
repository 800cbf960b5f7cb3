-- enamel: backfill users.size=length(name)
-- enamel: rebuild users
-- enamel: keeps-old-code

-- add column users.size INTEGER
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "changes" INTEGER NOT NULL,
    "size" INTEGER
);

INSERT INTO "enamel_next_users" (
    "id",
    "name",
    "changes",
    "size"
)
SELECT
    "id",
    "name",
    "changes",
    length(name)
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER count_changes AFTER UPDATE ON users BEGIN
    UPDATE users SET changes = changes + 1 WHERE id = NEW.id;
END;
