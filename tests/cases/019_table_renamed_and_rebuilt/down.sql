-- enamel: rebuild user

-- rename table users to user
ALTER TABLE "users" RENAME TO "user";

-- drop column user.next_age
-- user.name: NOT NULL becomes nullable
-- hazard: data-loss: the values of user.next_age are gone
-- hazard: table-rewrite: every row of user is written again
CREATE TABLE "enamel_next_user" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT,
    "age" INTEGER NOT NULL
);

INSERT INTO "enamel_next_user" (
    "id",
    "name",
    "age"
)
SELECT
    "id",
    "name",
    "age"
FROM "user"
ORDER BY rowid;

DROP TABLE "user";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_user" RENAME TO "user";

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER first_note AFTER INSERT ON "user" BEGIN
    INSERT INTO notes (user_id) VALUES (NEW.id);
END;
