-- enamel: keeps-old-code

-- drop index ix_users_a_column_with_a_name_that_is_rather_long_indeed on users
DROP INDEX "ix_users_a_column_with_a_name_that_is_rather_long_indeed";

-- drop index ix_users_ba_column_with_a_name_that_is_rather_long_indeed on users
DROP INDEX "ix_users_ba_column_with_a_name_that_is_rather_long_indeed";
