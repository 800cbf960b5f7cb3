
-- users.name: drop default 'x'
-- hazard: breaks-old-code: programs from before insert into users without name
ALTER TABLE "users" ALTER COLUMN "name" DROP DEFAULT;
