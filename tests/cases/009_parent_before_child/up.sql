-- enamel: keeps-old-code

-- create table rooms
CREATE TABLE "rooms" (
    "id" INTEGER NOT NULL PRIMARY KEY
);

-- create table shelves
CREATE TABLE "shelves" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "above_id" BIGINT,
    "room_id" BIGINT,
    FOREIGN KEY ("above_id") REFERENCES "shelves" ("id"),
    FOREIGN KEY ("room_id") REFERENCES "rooms" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- create table books
CREATE TABLE "books" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "shelf_id" BIGINT NOT NULL,
    FOREIGN KEY ("shelf_id") REFERENCES "shelves" ("id") ON DELETE CASCADE
);
