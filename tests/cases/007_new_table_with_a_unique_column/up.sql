-- enamel: keeps-old-code

-- create table users
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    UNIQUE ("email")
);
