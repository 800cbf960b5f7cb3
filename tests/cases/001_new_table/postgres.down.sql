
-- drop table users
-- hazard: data-loss: the rows of users are gone
DROP TABLE "users";
