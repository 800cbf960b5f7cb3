-- enamel: backfill albums.code='A' || id
-- enamel: rebuild albums
-- enamel: rebuild bands

-- hazard: validation-scan: every row of bands is looked at
-- enamel: must be empty: rows of bands whose debut is not in albums
SELECT "id", "debut"
FROM "bands"
WHERE "debut" IS NOT NULL
  AND "debut" NOT IN (
    SELECT (CASE WHEN typeof('A' || id) IN ('integer', 'real') THEN CAST('A' || id AS TEXT) ELSE ('A' || id) END)
    FROM "albums"
);

-- add foreign key bands(debut) to albums(code)
-- hazard: breaks-old-code: programs from before may write to bands what is refused from now on
-- hazard: table-rewrite: every row of bands is written again
CREATE TABLE "enamel_next_bands" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "debut" TEXT,
    FOREIGN KEY ("debut") REFERENCES "albums" ("code")
);

INSERT INTO "enamel_next_bands" (
    "id",
    "debut"
)
SELECT
    "id",
    "debut"
FROM "bands"
ORDER BY rowid;

DROP TABLE "bands";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_bands" RENAME TO "bands";

PRAGMA legacy_alter_table = OFF;

-- hazard: validation-scan: every row of albums is looked at
-- enamel: must be empty: rows of albums that get no value for code
SELECT *
FROM "albums"
WHERE ('A' || id) IS NULL;

-- enamel: must be empty: rows of albums that have the same code as another
SELECT *
FROM "albums"
WHERE (CASE WHEN typeof('A' || id) IN ('integer', 'real') THEN CAST('A' || id AS TEXT) ELSE ('A' || id) END) IN (
    SELECT (CASE WHEN typeof('A' || id) IN ('integer', 'real') THEN CAST('A' || id AS TEXT) ELSE ('A' || id) END)
    FROM "albums"
    GROUP BY 1
    HAVING count(*) > 1
);

-- add column albums.code TEXT NOT NULL
-- add unique albums(code)
-- hazard: breaks-old-code: programs from before insert into albums without code; may write to albums what is refused from now on
-- hazard: table-rewrite: every row of albums is written again
CREATE TABLE "enamel_next_albums" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "band_id" BIGINT,
    "code" TEXT NOT NULL,
    UNIQUE ("code"),
    FOREIGN KEY ("band_id") REFERENCES "bands" ("id")
);

INSERT INTO "enamel_next_albums" (
    "id",
    "band_id",
    "code"
)
SELECT
    "id",
    "band_id",
    'A' || id
FROM "albums"
ORDER BY rowid;

DROP TABLE "albums";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_albums" RENAME TO "albums";

PRAGMA legacy_alter_table = OFF;
