-- enamel: rebuild Users

-- rename table orders to Users
ALTER TABLE "orders" RENAME TO "Users";

-- Users.name: drop collation NOCASE
-- hazard: table-rewrite: every row of Users is written again
CREATE TABLE "enamel_next_Users" (
    "users" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

INSERT INTO "enamel_next_Users" (
    "users",
    "name"
)
SELECT
    "users",
    "name"
FROM "Users"
ORDER BY rowid;

DROP TABLE "Users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_Users" RENAME TO "Users";

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER users AFTER INSERT ON "Users" BEGIN
    UPDATE visits SET id = id + 10 WHERE visits.users = new."users";
END;
