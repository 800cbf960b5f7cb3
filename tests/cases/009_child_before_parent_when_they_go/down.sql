
-- create table rooms
-- hazard: data-loss: the rows that rooms held do not come back
CREATE TABLE "rooms" (
    "id" INTEGER NOT NULL PRIMARY KEY
);

-- create table shelves
-- hazard: data-loss: the rows that shelves held do not come back
CREATE TABLE "shelves" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "room_id" BIGINT,
    FOREIGN KEY ("room_id") REFERENCES "rooms" ("id")
);

-- create table books
-- hazard: data-loss: the rows that books held do not come back
CREATE TABLE "books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "shelf_id" BIGINT NOT NULL,
    FOREIGN KEY ("shelf_id") REFERENCES "shelves" ("id") ON DELETE RESTRICT
);
