-- enamel: rebuild albums
-- enamel: rebuild bands

-- drop foreign key bands(debut) to albums(code)
-- hazard: table-rewrite: every row of bands is written again
CREATE TABLE "enamel_next_bands" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "debut" TEXT
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

-- drop unique albums(code)
-- drop column albums.code
-- hazard: data-loss: the values of albums.code are gone
-- hazard: table-rewrite: every row of albums is written again
CREATE TABLE "enamel_next_albums" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "band_id" BIGINT,
    FOREIGN KEY ("band_id") REFERENCES "bands" ("id")
);

INSERT INTO "enamel_next_albums" (
    "id",
    "band_id"
)
SELECT
    "id",
    "band_id"
FROM "albums"
ORDER BY rowid;

DROP TABLE "albums";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "enamel_next_albums" RENAME TO "albums";

PRAGMA legacy_alter_table = OFF;
