-- enamel: rename accounts.changes=revision
-- enamel: rebuild accounts

-- rename column accounts.changes to revision
-- hazard: breaks-old-code: programs from before use accounts.changes
ALTER TABLE "accounts" RENAME COLUMN "changes" TO "revision";

-- hazard: validation-scan: every row of accounts is looked at
-- enamel: must be empty: values of accounts.balance that are not whole numbers
SELECT "id", "balance"
FROM "accounts"
WHERE CAST(CAST("balance" AS INTEGER) AS TEXT) <> "balance";

-- accounts.balance: type TEXT becomes BIGINT
-- hazard: breaks-old-code: programs from before know accounts.balance as it was
-- hazard: table-rewrite: every row of accounts is written again
CREATE TABLE "enamel_next_accounts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "owner" TEXT NOT NULL,
    "balance" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL
);

INSERT INTO "enamel_next_accounts" (
    "id",
    "owner",
    "balance",
    "revision"
)
SELECT
    "id",
    "owner",
    CAST("balance" AS INTEGER),
    "revision"
FROM "accounts"
ORDER BY rowid;

DROP TABLE "accounts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_accounts" RENAME TO "accounts";

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER count_changes AFTER UPDATE OF owner ON accounts BEGIN
    UPDATE accounts SET revision = revision + 1 WHERE id = NEW.id; -- not "changes" itself; it's counted
END;
