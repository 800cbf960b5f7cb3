
-- users.letters: default ARRAY['b', 'a'] becomes ARRAY['a', 'b']
ALTER TABLE "users" ALTER COLUMN "letters" SET DEFAULT (ARRAY['a', 'b']);

-- drop column users.chance
-- hazard: data-loss: the values of users.chance are gone
ALTER TABLE "users" DROP COLUMN "chance";

-- drop column users.told
-- hazard: data-loss: the values of users.told are gone
ALTER TABLE "users" DROP COLUMN "told";
