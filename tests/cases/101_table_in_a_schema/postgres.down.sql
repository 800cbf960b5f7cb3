
-- drop index ix_users_name on auth.users
-- drop table auth.users
-- hazard: data-loss: the rows of auth.users are gone
DROP TABLE "auth"."users";
