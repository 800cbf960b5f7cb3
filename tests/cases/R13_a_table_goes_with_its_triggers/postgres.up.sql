-- enamel: drop table logs

-- drop index ix_logs_user_id on logs
-- drop table logs
-- hazard: data-loss: the rows of logs are gone; trigger keep_log goes with its table; policy own_lines goes with its table; policy row level security goes with its table
-- hazard: breaks-old-code: programs from before use logs
DROP TABLE "logs";
