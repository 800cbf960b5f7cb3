-- enamel: rename table users=people
-- enamel: rename people.others=more

-- rename table users to people
-- hazard: breaks-old-code: programs from before use users
ALTER TABLE "users" RENAME TO "people";

-- rename column people.others to more
-- hazard: breaks-old-code: programs from before use people.others
ALTER TABLE "people" RENAME COLUMN "others" TO "more";

ALTER TABLE "people" RENAME CONSTRAINT "ck_users_role_values" TO "ck_people_role_values";

ALTER TABLE "people" RENAME CONSTRAINT "ck_users_others_values" TO "ck_people_more_values";
