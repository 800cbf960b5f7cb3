
-- drop check on users: length(email) > 2
ALTER TABLE "users" DROP CONSTRAINT "ck_users_email";

-- users.email: type varchar becomes text
-- hazard: data-loss: the conversion of users.email has no way back; it only casts
ALTER TABLE "users" ALTER COLUMN "email" TYPE text;

-- add check on users: length(email) > 2
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_email" CHECK (length(email) > 2);
