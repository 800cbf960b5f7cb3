-- enamel: rename table user=users

-- rename table user to users
-- hazard: breaks-old-code: programs from before use user
ALTER TABLE "user" RENAME TO "users";
