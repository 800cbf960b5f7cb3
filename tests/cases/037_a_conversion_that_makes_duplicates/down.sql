-- enamel: rebuild users

-- users.email: type VARCHAR becomes TEXT
-- hazard: data-loss: the conversion of users.email has no way back; it only casts
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    UNIQUE ("email"),
    CHECK (length(email) > 2)
);

INSERT INTO "enamel_next_users" (
    "id",
    "email"
)
SELECT
    "id",
    "email"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
