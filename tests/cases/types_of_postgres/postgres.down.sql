
-- drop index ix_everything_body on everything
-- drop index ix_everything_tags on everything
-- drop table everything
-- hazard: data-loss: the rows of everything are gone
DROP TABLE "everything";

-- drop enum mood
DROP TYPE "mood";
