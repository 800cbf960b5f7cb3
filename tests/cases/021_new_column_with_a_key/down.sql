-- enamel: rebuild users

-- drop index ix_users_boss_id on users
DROP INDEX "ix_users_boss_id";

-- drop foreign key users(boss_id) to users(id) on delete set null
-- drop column users.boss_id
-- hazard: data-loss: the values of users.boss_id are gone
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "name"
)
SELECT
    "id",
    "name"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
