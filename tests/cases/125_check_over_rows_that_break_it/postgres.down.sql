
-- drop check on users: age >= 0
ALTER TABLE "users" DROP CONSTRAINT "ck_users_age";
