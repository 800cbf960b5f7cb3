
-- rename table users to Users
-- hazard: breaks-old-code: programs from before use users
ALTER TABLE "users" RENAME TO "enamel_renamed_Users";

ALTER TABLE "enamel_renamed_Users" RENAME TO "Users";
