
-- rename table users to user
-- hazard: breaks-old-code: programs from before use users
ALTER TABLE "users" RENAME TO "user";
