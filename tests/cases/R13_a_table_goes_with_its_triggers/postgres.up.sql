-- enamel: drop table logs

-- drop index ix_logs_user_id on logs
-- drop table logs
-- hazard: data-loss: the rows of logs are gone
-- hazard: breaks-old-code: programs from before use logs
DROP TABLE "logs";
