
-- drop index ux on users
-- hazard: breaks-old-code: programs from before may insert into users with ON CONFLICT over these columns
DROP INDEX "ux";
