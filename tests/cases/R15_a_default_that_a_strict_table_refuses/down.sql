
-- drop column readings.level
-- hazard: data-loss: the values of readings.level are gone
-- hazard: table-rewrite: every row of readings is written again
ALTER TABLE "readings" DROP COLUMN "level";
