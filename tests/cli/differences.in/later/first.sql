-- first

CREATE TABLE "places" (
    "cabinet_id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT
);

CREATE TABLE "cabinets" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "label" VARCHAR(20) NOT NULL DEFAULT ''
);

CREATE VIEW "labels" AS SELECT "label" FROM "cabinets";
