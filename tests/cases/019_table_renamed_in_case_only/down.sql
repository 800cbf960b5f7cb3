
-- rename table users to enamel_renamed_Users
ALTER TABLE "users" RENAME TO "enamel_renamed_Users";

-- rename table users to Users
-- hazard: breaks-old-code: programs from before use users
ALTER TABLE "enamel_renamed_Users" RENAME TO "Users";
