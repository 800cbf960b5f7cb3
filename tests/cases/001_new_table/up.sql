-- enamel: keeps-old-code

-- create table users
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);
