
-- rename table users to user
ALTER TABLE "users" RENAME TO "user";

-- user.name: NOT NULL becomes nullable
ALTER TABLE "user" ALTER COLUMN "name" DROP NOT NULL;

-- drop column user.next_age
-- hazard: data-loss: the values of user.next_age are gone
ALTER TABLE "user" DROP COLUMN "next_age";
