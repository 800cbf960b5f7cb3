
-- drop index ux on users
DROP INDEX "ux";
