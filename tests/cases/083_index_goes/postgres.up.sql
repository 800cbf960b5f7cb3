-- enamel: keeps-old-code

-- drop index ix_users_name on users
DROP INDEX "ix_users_name";
