
-- rename table users to user
ALTER TABLE "users" RENAME TO "user";
