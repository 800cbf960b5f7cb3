
-- drop index ix_users_name on users
DROP INDEX "ix_users_name";
