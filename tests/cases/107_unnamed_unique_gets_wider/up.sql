-- enamel: rebuild users

-- drop unique users(x)
-- add unique users(x, y)
-- hazard: breaks-old-code: programs from before may insert into users with ON CONFLICT over these columns; may write to users what is refused from now on
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    UNIQUE ("x", "y")
);

INSERT INTO "enamel_next_users" (
    "id",
    "x",
    "y"
)
SELECT
    "id",
    "x",
    "y"
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;
