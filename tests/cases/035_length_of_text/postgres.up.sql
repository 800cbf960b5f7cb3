
-- users.code: type varchar(6) becomes varchar(12)
-- hazard: breaks-old-code: programs from before know users.code as it was
ALTER TABLE "users" ALTER COLUMN "code" TYPE varchar(12);
