-- enamel: drop table users

-- drop table users
-- hazard: data-loss: the rows of users are gone
-- hazard: breaks-old-code: programs from before use users
DROP TABLE "users";
