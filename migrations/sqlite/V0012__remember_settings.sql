-- remember settings
-- enamel: keeps-old-code

-- create table settings
CREATE TABLE "settings" (
    "key" TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
    "value" TEXT NOT NULL,
    CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;
