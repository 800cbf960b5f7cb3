
-- create table users
-- hazard: data-loss: the rows that users held do not come back
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);
