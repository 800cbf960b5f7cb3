-- enamel: rename table user=users
-- enamel: backfill users.name=''
-- enamel: backfill users.next_age=age + 1
-- enamel: rebuild users

-- rename table user to users
-- hazard: breaks-old-code: programs from before use user
ALTER TABLE "user" RENAME TO "users";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that get no value for next_age
SELECT *
FROM "users"
WHERE (age + 1) IS NULL;

-- users.name: nullable becomes NOT NULL
-- add column users.next_age INTEGER NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to users.name; insert into users without next_age
-- hazard: table-rewrite: every row of users is written again
CREATE TABLE "enamel_next_users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "age" INTEGER NOT NULL,
    "next_age" INTEGER NOT NULL
);

INSERT INTO "enamel_next_users" (
    "id",
    "name",
    "age",
    "next_age"
)
SELECT
    "id",
    COALESCE("name", ''),
    "age",
    age + 1
FROM "users"
ORDER BY rowid;

DROP TABLE "users";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_users" RENAME TO "users";

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER first_note AFTER INSERT ON "users" BEGIN
    INSERT INTO notes (user_id) VALUES (NEW.id);
END;
