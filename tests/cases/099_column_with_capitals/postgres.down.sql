
-- drop index ix_users_regNumber on users
DROP INDEX "ix_users_regNumber";
