
-- create table people
-- hazard: data-loss: the rows that people held do not come back
CREATE TABLE "people" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "company_id" BIGINT,
    FOREIGN KEY ("company_id") REFERENCES "companies" ("id") ON DELETE CASCADE
);

-- create table companies
-- hazard: data-loss: the rows that companies held do not come back
CREATE TABLE "companies" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "owner_id" BIGINT,
    FOREIGN KEY ("owner_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

-- create table nodes
-- hazard: data-loss: the rows that nodes held do not come back
CREATE TABLE "nodes" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "parent_id" BIGINT,
    FOREIGN KEY ("parent_id") REFERENCES "nodes" ("id") ON DELETE RESTRICT
);
