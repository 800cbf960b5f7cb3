-- enamel: rebuild accounts

-- rename column accounts.revision to changes
ALTER TABLE "accounts" RENAME COLUMN "revision" TO "changes";

-- hazard: validation-scan: every row of accounts is looked at
-- enamel: must be empty: values of accounts.balance that would be other numbers when read back from text
SELECT "id", "balance"
FROM "accounts"
WHERE typeof("balance") = 'real' AND CAST(CAST("balance" AS TEXT) AS REAL) <> "balance";

-- accounts.balance: type BIGINT becomes TEXT
-- hazard: table-rewrite: every row of accounts is written again
CREATE TABLE "enamel_next_accounts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "owner" TEXT NOT NULL,
    "balance" TEXT NOT NULL,
    "changes" INTEGER NOT NULL
);

INSERT INTO "enamel_next_accounts" (
    "id",
    "owner",
    "balance",
    "changes"
)
SELECT
    "id",
    "owner",
    CAST("balance" AS TEXT),
    "changes"
FROM "accounts"
ORDER BY rowid;

DROP TABLE "accounts";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_accounts" RENAME TO "accounts";

PRAGMA legacy_alter_table = OFF;

CREATE TRIGGER count_changes AFTER UPDATE OF owner ON accounts BEGIN
    UPDATE accounts SET changes = changes + 1 WHERE id = NEW.id; -- not "changes" itself; it's counted
END;
