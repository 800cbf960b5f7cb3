-- enamel: rebuild users

-- add column users.age INTEGER NOT NULL
-- add index ix_users_age on users(age)
-- hazard: data-loss: what users.age held does not come back
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "age" INTEGER NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "name",
    "age"
)
SELECT
    "id",
    "name",
    0
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "ix_users_age" ON "users" ("age");
