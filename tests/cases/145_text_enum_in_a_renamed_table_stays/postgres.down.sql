
-- rename table people to users
ALTER TABLE "people" RENAME TO "users";

-- rename column users.more to others
ALTER TABLE "users" RENAME COLUMN "more" TO "others";

ALTER TABLE "users" RENAME CONSTRAINT "ck_people_role_values" TO "ck_users_role_values";

ALTER TABLE "users" RENAME CONSTRAINT "ck_people_more_values" TO "ck_users_others_values";
