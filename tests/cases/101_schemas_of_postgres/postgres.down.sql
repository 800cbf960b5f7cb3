
-- rename table "Old One".people to "Old One".users
ALTER TABLE "Old One"."people" RENAME TO "users";

-- drop foreign key notes(reader_id) to "Old One".users(id)
ALTER TABLE "notes" DROP CONSTRAINT "fk_notes_reader_id";

-- drop check on "Old One".users: email <> name
ALTER TABLE "Old One"."users" DROP CONSTRAINT "ck_people_name_email";

-- drop unique "Old One".users(name, email)
ALTER TABLE "Old One"."users" DROP CONSTRAINT "uq_people_name_email";

-- drop column "Old One".users.email
-- hazard: data-loss: the values of Old One.users.email are gone
ALTER TABLE "Old One"."users" DROP COLUMN "email";

-- add index ix_users_name on "Old One".users(name)
-- hazard: long-lock: writers wait while every row of Old One.users is sorted
CREATE INDEX "ix_users_name" ON "Old One"."users" ("name");

-- drop column notes.reader_id
-- hazard: data-loss: the values of notes.reader_id are gone
ALTER TABLE "notes" DROP COLUMN "reader_id";

-- drop index ix_keys_owner_id on auth.keys
-- drop table auth.keys
-- hazard: data-loss: the rows of auth.keys are gone
DROP TABLE "auth"."keys";
