
-- drop column users.z
-- hazard: data-loss: the values of users.z are gone
ALTER TABLE "users" DROP COLUMN "z";

-- drop column users.a
-- hazard: data-loss: the values of users.a are gone
ALTER TABLE "users" DROP COLUMN "a";

-- drop column users.m
-- hazard: data-loss: the values of users.m are gone
ALTER TABLE "users" DROP COLUMN "m";
