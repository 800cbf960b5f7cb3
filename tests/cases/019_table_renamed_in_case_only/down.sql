
-- rename table users to Users
ALTER TABLE "users" RENAME TO "enamel_renamed_Users";

ALTER TABLE "enamel_renamed_Users" RENAME TO "Users";
