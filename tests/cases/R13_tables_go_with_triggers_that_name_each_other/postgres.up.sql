-- enamel: drop table posts
-- enamel: drop table users

-- drop table posts
-- hazard: data-loss: the rows of posts are gone; trigger count_post goes with its table
-- hazard: breaks-old-code: programs from before use posts
DROP TABLE "posts";

-- drop table users
-- hazard: data-loss: the rows of users are gone; trigger drop_posts goes with its table
-- hazard: breaks-old-code: programs from before use users
DROP TABLE "users";
