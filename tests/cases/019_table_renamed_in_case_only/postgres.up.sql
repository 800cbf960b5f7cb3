-- enamel: rename table Users=users

-- rename table Users to users
-- hazard: breaks-old-code: programs from before use Users
ALTER TABLE "Users" RENAME TO "users";
