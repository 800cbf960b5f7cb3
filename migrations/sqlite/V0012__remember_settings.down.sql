-- remember settings

-- drop table settings
-- hazard: data-loss: the rows of settings are gone
-- hazard: breaks-old-code: programs from before use settings
DROP TABLE "settings";
