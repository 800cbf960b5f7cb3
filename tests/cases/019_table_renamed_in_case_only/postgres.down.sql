
-- rename table users to Users
ALTER TABLE "users" RENAME TO "Users";
