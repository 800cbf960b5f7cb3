-- enamel: drop table logs
-- enamel: drop users.nickname

-- drop column users.nickname
-- hazard: data-loss: the values of users.nickname are gone
-- hazard: breaks-old-code: programs from before use users.nickname
ALTER TABLE "users" DROP COLUMN "nickname";

-- drop table logs
-- hazard: data-loss: the rows of logs are gone
-- hazard: breaks-old-code: programs from before use logs
DROP TABLE "logs";
