
-- drop check age_not_negative on users: age >= 0
ALTER TABLE "users" DROP CONSTRAINT "age_not_negative";
