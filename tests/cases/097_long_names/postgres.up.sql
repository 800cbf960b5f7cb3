-- enamel: keeps-old-code

-- add index ix_users_a_column_with_a_name_that_is_rather_long_indeed on users(a_column_with_a_name_that_is_rather_long_indeed)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_a_column_with_a_name_that_is_rather_long_indeed" ON "users" ("a_column_with_a_name_that_is_rather_long_indeed");

-- add index ix_users_ba_column_with_a_name_that_is_rather_long_indeed on users(ba_column_with_a_name_that_is_rather_long_indeed)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_ba_column_with_a_name_that_is_rather_long_indeed" ON "users" ("ba_column_with_a_name_that_is_rather_long_indeed");
